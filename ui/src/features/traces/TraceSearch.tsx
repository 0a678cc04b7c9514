import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import row from "../sessions/SearchRow.module.css";
import { useKeys } from "../shell/keys";

interface TraceFilter {
  q?: string | undefined;
  only?: string | undefined;
  session?: string | undefined;
}

export function TraceSearch({ search, change }: { search: TraceFilter; change: (next: TraceFilter) => void }) {
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search.q ?? "");
  useEffect(() => {
    if (text === (search.q ?? "")) return;
    const timer = setTimeout(() => change({ q: text || undefined }), 200);
    return () => clearTimeout(timer);
  });
  useKeys({
    "/": (event) => {
      event.preventDefault();
      box.current?.select();
    },
  });
  const without = search.only === "without-session";
  return (
    <form role="search" className={row.row} onSubmit={(event) => event.preventDefault()}>
      <div className={row.box}>
        <Search size={16} aria-hidden className={row.glyph} />
        {search.session && (
          <span className={row.term}>
            one session
            <button type="button" aria-label="Remove the session" onClick={() => change({ session: undefined })}>
              ✕
            </button>
          </span>
        )}
        <input
          ref={box}
          className={row.input}
          type="text"
          aria-label="Search what was said"
          placeholder="Search what was said"
          value={text}
          maxLength={1024}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Button aria-pressed={without} onClick={() => change({ only: without ? undefined : "without-session" })}>
        {without ? "✓ " : ""}Without session
      </Button>
    </form>
  );
}
