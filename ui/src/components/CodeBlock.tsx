import { Suspense } from "react";
import { holds } from "../core/holds";
import styles from "./CodeBlock.module.css";
import { Hits } from "./Marked";
import { highlighted } from "./parts";

const Highlighted = highlighted.Part;

interface Props {
  text: string;
  /** As the fence names it; empty when it does not. */
  language: string;
  find?: string | undefined;
}

/** Code, its words told apart; where something is searched for, its hits are marked instead. */
export function CodeBlock({ text, language, find }: Props) {
  const plain = (
    <code>
      <Hits text={text} find={find} />
    </code>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard
    <pre className={styles.code} tabIndex={0} dir="ltr">
      {language && !holds(text, find) ? (
        <Suspense fallback={plain}>
          <Highlighted text={text} language={language} />
        </Suspense>
      ) : (
        plain
      )}
    </pre>
  );
}
