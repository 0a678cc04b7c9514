import { type ReactNode, useRef } from "react";
import type { Turn } from "../../api/types";
import { Facts } from "../../components/Facts";
import { duration, integer, money, percent } from "../../core/format";
import styles from "./TurnFacts.module.css";

const NOTHING = "\u00A0";

/** Where the time of the turn being read went. */
export function TurnFacts({ turn }: { turn: Turn }) {
  const whole = turn.latency_ms ?? 0;
  const share = (part: number) => `${whole > 0 ? Math.min(100, (part / whole) * 100) : 0}%`;
  const cached = turn.prompt_tokens > 0 ? turn.cache_read_tokens / turn.prompt_tokens : 0;
  // A line that one turn needed stays for the next, empty if need be: reading on moves nothing beneath.
  const needed = useRef(new Set<string>());
  const steady = (rows: [string, ReactNode][]) =>
    rows.map(([label, value]): [string, ReactNode] => {
      if (value) needed.current.add(label);
      return [label, value || (needed.current.has(label) && NOTHING)];
    });
  return (
    <section className={styles.turn} aria-label="Turn in view">
      <h2>Turn {integer(turn.index)}</h2>
      {whole > 0 && (
        <div className={styles.split} aria-hidden>
          <span className={styles.model} style={{ width: share(turn.llm_ms) }} />
          <span className={styles.tool} style={{ width: share(turn.tool_ms) }} />
        </div>
      )}
      <Facts
        rows={steady([
          ["Latency", duration(turn.latency_ms)],
          ["First token", duration(turn.time_to_first_token_ms)],
          ["Model", turn.llm_ms > 0 && duration(turn.llm_ms)],
          ["Tools", turn.tool_ms > 0 && duration(turn.tool_ms)],
          ["Tokens in", turn.prompt_tokens > 0 && `${integer(turn.prompt_tokens)}${cachedWords(cached)}`],
          ["Tokens out", turn.completion_tokens > 0 && integer(turn.completion_tokens)],
          ["Cost", money(turn.cost_usd)],
          ["Models", turn.models.join(", ")],
        ])}
      />
    </section>
  );
}

function cachedWords(share: number): string {
  return share > 0 ? ` · ${percent(Math.min(1, share))} cached` : "";
}
