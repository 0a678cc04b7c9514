/** Parts of the page that are loaded when something needs them. */

import { type ComponentType, type LazyExoticComponent, lazy } from "react";

interface Late<P> {
  /** Drawn at once when it is here already: React's own `lazy` would show what stands in for it first. */
  Part: LazyExoticComponent<ComponentType<P>>;
  here: () => boolean;
  /** Done when the part is here, or will not come. */
  load: () => Promise<void>;
}

interface Module<P> {
  default: ComponentType<P>;
}

function late<P>(find: () => Promise<Module<P>>): Late<P> {
  let found: Module<P> | undefined;
  let over = false;
  let asked: Promise<Module<P>> | undefined;
  const ask = () => {
    asked ??= find().then((module) => {
      found = module;
      return module;
    });
    return asked;
  };
  const done = () => {
    over = true;
  };
  return {
    Part: lazy(() => (found ? atOnce(found) : ask())),
    here: () => over,
    load: () => ask().then(done, done),
  };
}

/** React takes what a thenable says at once without waiting. */
function atOnce<T>(value: T): Promise<T> {
  // biome-ignore lint/suspicious/noThenProperty: that is the point
  return { then: (take: (value: T) => void) => take(value) } as unknown as Promise<T>;
}

export const markdown = late(() => import("./Markdown"));
export const mathematics = late(() => import("./Mathematics"));
export const highlighted = late(() => import("./Highlighted"));
