import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { get, ofProject, send } from "../../api/client";
import type { AnnotationName, List } from "../../api/types";
import { Button } from "../../components/Button";
import { Chip } from "../../components/Chip";
import { say } from "../../components/Notice";
import { Skeleton } from "../../components/Skeleton";
import { Broken } from "../../components/State";
import { plural } from "../../core/format";
import { LabelForm } from "./LabelForm";
import styles from "./settings.module.css";

const NAMES_MAX = 1000;

/** The names that a project annotates with: which labels, which range, in which order. */
export function LabelSettings({ project }: { project: string }) {
  const client = useQueryClient();
  const [edited, setEdited] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ["annotation-names", project, "whole"],
    queryFn: ({ signal }) =>
      get<List<AnnotationName>>(ofProject(project, "annotation-names"), { limit: NAMES_MAX }, signal),
  });
  if (error) return <Broken error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton width="60%" />;
  const changed = () => client.invalidateQueries({ queryKey: ["annotation-names", project] });
  const forget = async (name: string) => {
    try {
      await send("DELETE", ofProject(project, "annotation-names", encodeURIComponent(name)));
      say(`${name} is no longer set up. What was said under it stays.`);
    } catch (failure) {
      say(failure instanceof Error ? failure.message : String(failure), { failed: true });
    }
    await changed();
  };
  const names = data.data;
  return (
    <>
      <p className={styles.lead}>
        The names under which sessions, turns and spans are annotated. The first nine labels get the keys 1 to 9.
      </p>
      {names.length === 0 && <p>No name is in use yet.</p>}
      {names.length > 0 && (
        <ul className={styles.list}>
          {names.map((each) =>
            edited === each.name ? (
              <li key={each.name}>
                <LabelForm project={project} before={each} close={() => setEdited(null)} done={changed} />
              </li>
            ) : (
              <li key={each.name} className={styles.row}>
                <NameWords name={each} />
                <Button
                  onClick={() => setEdited(each.name)}
                  aria-label={`${each.setting ? "Change" : "Set up"} ${each.name}`}
                >
                  {each.setting ? "Change" : "Set up"}
                </Button>
                {each.setting && (
                  <Button look="quiet" onClick={() => void forget(each.name)} aria-label={`Forget ${each.name}`}>
                    Forget
                  </Button>
                )}
              </li>
            ),
          )}
        </ul>
      )}
      {edited === "" ? (
        <LabelForm project={project} before={null} close={() => setEdited(null)} done={changed} />
      ) : (
        <div>
          <Button onClick={() => setEdited("")}>Add a name</Button>
        </div>
      )}
    </>
  );
}

const KINDS = { categorical: "Labels", numeric: "A number", text: "Free text" };

function NameWords({ name: { name, setting, labels, count } }: { name: AnnotationName }) {
  const range = setting?.kind === "numeric" ? rangeWords(setting.minimum, setting.maximum) : "";
  const used = count ? `said ${plural(count, "time")}` : "not used yet";
  return (
    <div className={styles.words}>
      <span className={styles.name}>{name}</span>
      <span className={styles.detail}>
        {setting ? `${KINDS[setting.kind]}${range}` : "Not set up"} · {used}
      </span>
      {setting?.description && <span>{setting.description}</span>}
      <span className={styles.chips}>
        {(setting?.kind === "categorical" ? setting.labels : setting ? [] : labels).map((label) => (
          <Chip key={label}>{label}</Chip>
        ))}
      </span>
    </div>
  );
}

function rangeWords(minimum: number | null, maximum: number | null): string {
  if (minimum !== null && maximum !== null) return ` from ${minimum} to ${maximum}`;
  if (minimum !== null) return ` of at least ${minimum}`;
  return maximum === null ? "" : ` of at most ${maximum}`;
}
