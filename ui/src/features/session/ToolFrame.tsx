import { useState } from "react";
import type { ToolCall } from "../../api/types";
import { Button } from "../../components/Button";
import { JsonTree } from "../../components/JsonTree";
import { Plain } from "../../components/LongText";
import { Plate } from "../../components/Plate";
import { bytes, duration } from "../../core/format";
import { holds } from "../../core/holds";
import { argumentsLine, structured } from "../../core/json";
import styles from "./ToolFrame.module.css";

const CUT_LENGTH = 6000;

/** Calls that ran beside each other share a frame, in starting order. */
export function ToolFrame({ calls, find }: { calls: readonly ToolCall[]; find?: string | undefined }) {
  return (
    <div className={styles.frame}>
      {calls.map((call, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls keep their order, and an id may be missing or repeat
        <Call key={at} call={call} find={find} />
      ))}
    </div>
  );
}

/** One line; opened, arguments and result beside each other. A failed call opens itself, as does one that holds a
 *  hit. */
function Call({ call, find }: { call: ToolCall; find: string | undefined }) {
  const failed = call.status === "error";
  const [chosen, choose] = useState<boolean | null>(null);
  const open = chosen ?? (failed || [call.arguments, call.result, call.error].some((text) => holds(text, find)));
  return (
    <div className={`${styles.call} ${failed ? styles.failed : ""}`}>
      <button type="button" className={styles.line} aria-expanded={open} onClick={() => choose(!open)}>
        <Plate kind="TOOL" />
        <span className={`mono ${styles.name}`}>{call.name || "tool"}</span>
        <span className={`mono ${styles.arguments}`}>{argumentsLine(call.arguments)}</span>
        {failed && <span className={styles.error}>✕ {firstLine(call.error || "failed")}</span>}
        <span className={`figure ${styles.duration}`}>{duration(call.duration_ms)}</span>
      </button>
      {open && (
        <div className={styles.body}>
          <Side title="Arguments" text={call.arguments} find={find} />
          <Side
            title={failed ? "Error" : "Result"}
            text={(failed ? call.error || call.result : call.result) ?? ""}
            find={find}
            none={failed ? "It failed without a word." : "No result arrived."}
          />
        </div>
      )}
    </div>
  );
}

interface SideProps {
  title: string;
  text: string;
  find: string | undefined;
  none?: string;
}

function Side({ title, text, find, none = "None." }: SideProps) {
  const [chosen, setWhole] = useState(false);
  const whole = chosen || holds(text.slice(CUT_LENGTH), find);
  const cut = text.length > CUT_LENGTH && !whole;
  const value = cut ? undefined : structured(text);
  return (
    <div className={styles.side}>
      <h3 className={styles.title}>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long results are scrolled by keyboard */}
      <div className={`${styles.text} ${whole ? styles.whole : ""}`} tabIndex={0} role="group" aria-label={title}>
        {text.trim() === "" ? (
          <span className="muted">{none}</span>
        ) : value !== undefined ? (
          <JsonTree value={value} find={find} />
        ) : (
          <Plain text={cut ? text.slice(0, CUT_LENGTH) : text} find={find} />
        )}
      </div>
      {(cut || (text.length > 1500 && !whole)) && (
        <Button look="quiet" inline onClick={() => setWhole(true)}>
          Show all ({bytes(text.length)})
        </Button>
      )}
    </div>
  );
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0]!.slice(0, 200);
}
