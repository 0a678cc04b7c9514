import { useNavigate, useParams, useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { tinykeys } from "tinykeys";
import { Keys } from "./Keys";
import { showKeys, useKeys } from "./keys";
import { Palette } from "./Palette";
import { LOOKED_AT_MS, remember } from "./recents";

export function showPalette(): void {
  document.dispatchEvent(new CustomEvent("threadline:palette"));
}

/** What every page has: the keys that lead elsewhere, what they do, and the palette. */
export function Shell() {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const params = useParams({ strict: false });
  const go = (to: "/p/$project/sessions" | "/p/$project/traces") => () => {
    if (params.project) void navigate({ to, params: { project: params.project }, search: {} });
  };
  // Some keyboards have a question mark of its own.
  useKeys({ "?": showKeys, "Shift+?": showKeys, "g s": go("/p/$project/sessions"), "g t": go("/p/$project/traces") });
  useEffect(() => {
    const show = () => {
      if (!document.querySelector("dialog[open]")) setOpen(true);
    };
    document.addEventListener("threadline:palette", show);
    // Also while one types: it is no single key.
    const stop = tinykeys(window, {
      "$mod+k": (event) => {
        event.preventDefault();
        show();
      },
    });
    return () => {
      document.removeEventListener("threadline:palette", show);
      stop();
    };
  }, []);
  useRecents();
  return (
    <>
      <Keys />
      {open && <Palette close={() => setOpen(false)} />}
    </>
  );
}

function useRecents(): void {
  const href = useRouterState({ select: (state) => state.location.href });
  useEffect(() => {
    if (!href.startsWith("/p/")) return;
    const timer = setTimeout(() => remember(href, document.title), LOOKED_AT_MS);
    return () => clearTimeout(timer);
  }, [href]);
}
