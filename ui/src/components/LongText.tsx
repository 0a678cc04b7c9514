import { Suspense, useState } from "react";
import { integer } from "../core/format";
import { holds } from "../core/holds";
import { beginning, estimatedLines, FOLD_OVER_LINES, LINES_COUNTED_MAX, mayBeMarkdown } from "../core/text";
import { Button } from "./Button";
import styles from "./LongText.module.css";
import { Hits } from "./Marked";
import { markdown } from "./parts";

const Markdown = markdown.Part;
/** Above this a parser costs more than its headings are worth. */
const MARKDOWN_LENGTH_MAX = 60_000;

interface Props {
  text: string;
  /** Read Markdown: for what the application wrote. What an end user typed is shown as typed. */
  markdown?: boolean;
  /** What was searched for, to be marked. */
  find?: string | undefined;
  /** Drawn at once whatever its length. */
  whole?: boolean;
}

/** A message's text. Over 24 lines it folds to 16. */
export function LongText({ text, markdown = false, find, whole = false }: Props) {
  const lines = estimatedLines(text);
  const long = lines > FOLD_OVER_LINES;
  const [chosen, setOpen] = useState<boolean | null>(null);
  // What was searched for is never hidden by a fold.
  const hidden = long && holds(text.slice(beginning(text).length / 2), find);
  const open = chosen ?? (whole || hidden);
  const shown = long && !open ? beginning(text) : text;
  const parse = markdown && shown.length <= MARKDOWN_LENGTH_MAX && mayBeMarkdown(shown);
  const plain = <Plain text={shown} find={find} />;
  return (
    <div className={styles.long}>
      <div className={long && !open ? styles.clamped : ""} dir="auto">
        {parse ? (
          <Suspense fallback={plain}>
            <Markdown text={shown} find={find} />
          </Suspense>
        ) : (
          plain
        )}
      </div>
      {long && !whole && (
        <Button look="quiet" inline aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Show less" : `Show all (about ${integer(lines)}${lines >= LINES_COUNTED_MAX ? "+" : ""} lines)`}
        </Button>
      )}
    </div>
  );
}

export function Plain({ text, find }: { text: string; find?: string | undefined }) {
  return (
    <div className={styles.plain} dir="auto">
      <Hits text={text} find={find} />
    </div>
  );
}
