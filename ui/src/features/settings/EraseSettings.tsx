import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { get, ofProject, send } from "../../api/client";
import type { components } from "../../api/schema";
import type { Stats } from "../../api/types";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { plural } from "../../core/format";
import { Receipt } from "./Receipt";
import styles from "./settings.module.css";

/** Deletes everything of one end user; what was deleted stays to be shown. */
export function EraseSettings({ project }: { project: string }) {
  const client = useQueryClient();
  const search = useSearch({ strict: false }) as { user?: string; deletion?: string };
  const navigate = useNavigate();
  const [user, setUser] = useState(search.user ?? "");
  const [again, setAgain] = useState("");
  const [asked, setAsked] = useState(search.user ?? "");
  const [failure, setFailure] = useState("");
  const { data: stats } = useQuery({
    queryKey: ["stats", project, { user: asked }],
    queryFn: ({ signal }) => get<Stats>(ofProject(project, "stats"), { user_id: asked }, signal),
    enabled: asked !== "",
  });
  const erase = async (event: FormEvent) => {
    event.preventDefault();
    if (!asked) return user.trim() ? setAsked(user) : setFailure("Name the end user.");
    if (again !== asked) return setFailure(`Type ${asked} once more to delete.`);
    try {
      const done = await send<components["schemas"]["Deletion"]>(
        "DELETE",
        ofProject(project, "users", encodeURIComponent(asked)),
      );
      await client.invalidateQueries();
      for (const clear of [setUser, setAgain, setAsked, setFailure]) clear("");
      void navigate({ to: ".", search: { deletion: done.id }, replace: true });
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  const reset = () => {
    for (const clear of [setAgain, setAsked, setFailure]) clear("");
  };
  return (
    <>
      <p className={styles.lead}>
        Deletes every session and trace that names this end user, at once and for good, and refuses what arrives for
        them later.
      </p>
      {search.deletion && <Receipt id={search.deletion} />}
      <form className={styles.form} onSubmit={erase} aria-label="Delete an end user" noValidate>
        <Field
          label="End user"
          value={user}
          change={(text) => {
            setUser(text);
            reset();
          }}
          hint="The id that the application sends."
          maxLength={4096}
          wide
        />
        {asked && (
          <>
            <p className={styles.wide}>
              {stats
                ? `${plural(stats.sessions, "session")} with ${plural(stats.turns, "turn")} will be deleted.`
                : "Counting what names them …"}
            </p>
            <Field label={`Type ${asked} to delete`} value={again} change={setAgain} maxLength={4096} wide />
          </>
        )}
        <p role="alert" className={`error ${styles.wide} ${styles.failure}`}>
          {failure && `✕ ${failure}`}
        </p>
        <div className={styles.buttons}>
          {asked ? (
            <>
              <Button type="submit" disabled={again !== asked}>
                Delete {asked}
              </Button>
              <Button look="quiet" onClick={reset}>
                Cancel
              </Button>
            </>
          ) : (
            <Button type="submit">Count what would be deleted</Button>
          )}
        </div>
      </form>
    </>
  );
}
