import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { setUpName } from "../../api/annotations";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { say } from "../../components/Notice";
import type { Name } from "../../core/labels";
import styles from "./LabelPanel.module.css";

const KINDS = [
  ["categorical", "Labels"],
  ["numeric", "Number"],
  ["text", "Text"],
] as const;

/** Sets up a name for the whole project: one line of labels, a number or free text. */
export function LabelSetup({ project, none, keys }: { project: string; none: boolean; keys: boolean }) {
  const [open, setOpen] = useState(false);
  if (open) return <Form project={project} close={() => setOpen(false)} />;
  return (
    <div>
      <Button inline look="quiet" onClick={() => setOpen(true)}>
        {none ? (keys ? "Set up labels for the keys 1 to 9" : "Set up labels") : "Set up another name"}
      </Button>
    </div>
  );
}

function Form({ project, close }: { project: string; close: () => void }) {
  const client = useQueryClient();
  const [kind, setKind] = useState<Name["kind"]>("categorical");
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (key: string) => String(given.get(key) ?? "").trim();
    const number = (key: string) => (text(key) === "" ? null : Number(text(key)));
    const labels = text("labels")
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean);
    if (!text("name") || (kind === "categorical" && labels.length === 0)) return;
    const [minimum, maximum] = [number("minimum"), number("maximum")];
    try {
      await setUpName(project, { name: text("name"), kind, labels, minimum, maximum, description: "" });
      await client.invalidateQueries({ queryKey: ["annotation-names", project] });
      close();
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), { failed: true });
    }
  };
  return (
    <form className={styles.setup} onSubmit={submit} aria-label="Set up a name">
      <Choice label="Kind" options={KINDS} chosen={kind} choose={setKind} />
      <label>
        Name
        <input className={styles.field} name="name" required maxLength={256} placeholder="outcome" />
      </label>
      {kind === "categorical" && (
        <label>
          Labels, by commas
          <input className={styles.field} name="labels" required placeholder="resolved, handed over" />
        </label>
      )}
      {kind === "numeric" && (
        <div className={styles.row}>
          <label>
            From <input className={styles.field} name="minimum" type="number" step="any" />
          </label>
          <label>
            to <input className={styles.field} name="maximum" type="number" step="any" />
          </label>
        </div>
      )}
      <div className={styles.row}>
        <Button type="submit">Save</Button>
        <Button look="quiet" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
