import { useState } from "react";
import { Button } from "../../components/Button";
import { nameAuthor } from "../../core/author";
import { usePreference } from "../../core/preferences";
import { AuthorDialog } from "../session/AuthorDialog";
import styles from "./ReviewPage.module.css";

/** Whose labels these are; the name can be given before anything is labelled. */
export function Author() {
  const [name] = usePreference("author");
  const [asking, ask] = useState(false);
  return (
    <div className={styles.author}>
      <span>
        {name ? (
          <>
            You are <strong>{name}</strong>
          </>
        ) : (
          "What you have seen is kept only under a name."
        )}
      </span>
      <Button inline onClick={() => ask(true)}>
        {name ? "Change" : "Give your name"}
      </Button>
      {asking && (
        <AuthorDialog
          now={name}
          answer={(given) => {
            nameAuthor(given);
            ask(false);
          }}
          cancel={() => ask(false)}
        />
      )}
    </div>
  );
}
