/** What the palette can do, and which of it answers what was typed. */

export interface Command {
  id: string;
  group: "Go to" | "Found" | "View" | "Recent" | "Project" | "Set";
  label: string;
  /** At the end of the line: a key, a count, a state. */
  detail?: string;
  /** Words that find it and are not on the screen. */
  also?: string;
  /** What was typed can mean nothing else. */
  sure?: boolean;
  run: () => void;
}

/** Those whose words begin with all that was typed, in the order given, then what searches for it; before
 *  anything is typed, all. What is sure comes first. */
export function answering(commands: readonly Command[], typed: string): Command[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [...commands];
  const sure = commands.filter((command) => command.sure);
  const found = commands.filter((command) => command.group === "Found" && !command.sure);
  const named = commands.filter((command) => {
    if (command.group === "Found") return false;
    const words = `${command.group} ${command.label} ${command.also ?? ""}`.toLowerCase().split(/[\s/:]+/);
    return wanted.every((each) => words.some((word) => word.startsWith(each)));
  });
  return sure.length > 0 ? [...sure, ...found, ...named] : [...named, ...found];
}

/** The id of a trace, if that is what was pasted: 32 hexadecimal digits, as OpenTelemetry writes them. */
export function traceIdIn(typed: string): string | null {
  const text = typed.trim().replace(/-/g, "");
  return /^[0-9a-f]{32}$/i.test(text) && !/^0+$/.test(text) ? text.toLowerCase() : null;
}

/** The place that a link to this server leads to. */
export function linkIn(typed: string, origin: string): string | null {
  const text = typed.trim();
  if (!text.startsWith(`${origin}/`) || !URL.canParse(text)) return null;
  const { pathname, search, hash } = new URL(text);
  return /^\/(?:p|s|t)(?:\/|$)|^\/connect$/.test(pathname) ? pathname + search + hash : null;
}
