import { Suspense, useState } from "react";
import { integer } from "../core/format";
import { holds } from "../core/holds";
import { mayHoldMathematics } from "../core/mathematics";
import { beginning, estimatedLines, FOLD_OVER_LINES, LINES_COUNTED_MAX, mayBeMarkdown } from "../core/text";
import { Button } from "./Button";
import styles from "./LongText.module.css";
import { Hits } from "./Marked";
import { markdown } from "./parts";
import { TypedText } from "./TypedText";

const Markdown = markdown.Part;
/** Above this a parser costs more than its headings are worth. */
const MARKDOWN_LENGTH_MAX = 60_000;

interface Props {
  text: string;
  /** Read Markdown: for what the application wrote. */
  markdown?: boolean;
  /** What a person typed stays as typed, but for what they marked as code. Without either the text is shown raw. */
  typed?: boolean;
  /** What was searched for, to be marked. */
  find?: string | undefined;
  /** Drawn at once whatever its length. */
  whole?: boolean;
}

/** A message's text. Over 24 lines it folds to 16. */
export function LongText({ text, markdown = false, typed = false, find, whole = false }: Props) {
  const lines = estimatedLines(text);
  const long = lines > FOLD_OVER_LINES;
  const [chosen, setOpen] = useState<boolean | null>(null);
  // What was searched for is never hidden by a fold.
  const hidden = long && holds(text.slice(beginning(text).length / 2), find);
  const open = chosen ?? (whole || hidden);
  const shown = long && !open ? beginning(text) : text;
  const readable = shown.length <= MARKDOWN_LENGTH_MAX;
  const parse = markdown && readable && (mayBeMarkdown(shown) || mayHoldMathematics(shown));
  const code = typed && readable && shown.includes("`");
  const plain = code ? <TypedText text={shown} find={find} /> : <Plain text={shown} find={find} />;
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
