import { typedPieces } from "../core/code";
import { CodeBlock } from "./CodeBlock";
import codeStyles from "./CodeBlock.module.css";
import styles from "./LongText.module.css";
import { Hits } from "./Marked";

/** What a person typed, as they typed it; only what they marked as code is drawn as code. */
export function TypedText({ text, find }: { text: string; find?: string | undefined }) {
  return (
    <div className={styles.plain} dir="auto">
      {typedPieces(text).map((piece, at) => {
        const key = `${at} ${piece.kind}`;
        if (piece.kind === "block")
          return <CodeBlock key={key} text={piece.text} language={piece.language} find={find} />;
        const words = <Hits text={piece.text} find={find} />;
        if (piece.kind === "text") return <span key={key}>{words}</span>;
        return (
          <code key={key} className={codeStyles.inline}>
            {words}
          </code>
        );
      })}
    </div>
  );
}
