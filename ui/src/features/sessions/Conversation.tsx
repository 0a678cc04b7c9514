import { Link } from "@tanstack/react-router";
import type { Session } from "../../api/types";
import { Chip } from "../../components/Chip";
import { Marked } from "../../components/Marked";
import { pageName } from "../../core/address";
import { integer } from "../../core/format";
import { aroundFirst, occurrences } from "../../core/marks";
import { withoutMarkdown } from "../../core/text";
import styles from "./Conversation.module.css";

/** Line one: what the end user first said. Line two: the last answer, or the hit. Then chips. */
export function Conversation({ project, session, q }: { project: string; session: Session; q: string | undefined }) {
  const hit = session.hits?.first;
  const first = session.first_input?.trim();
  // A hit in the first line needs no second showing.
  const marks = hit && first ? occurrences(first, q ?? "") : [];
  const search = { turn: hit ? String(hit.turn_index) : undefined, q: hit ? q : undefined };
  const chips = [
    ...new Set([...session.tags.values, ...session.annotations.map((each) => each.label ?? "").filter(Boolean)]),
  ];
  const more = (session.hits?.count ?? 0) - 1;
  return (
    <div className={styles.conversation}>
      <Link
        to="/p/$project/sessions/$id"
        params={{ project: pageName(project), id: session.id }}
        search={search}
        className={styles.first}
        dir="auto"
      >
        {first ? <Marked text={first} ranges={marks} /> : <span className={styles.none}>{session.session_id}</span>}
      </Link>
      <div className={styles.second}>
        <span className={hit ? `${styles.last} ${styles.hit}` : styles.last} dir="auto">
          {hit ? <Marked {...aroundFirst(hit.text, hit.ranges)} /> : withoutMarkdown(session.last_output ?? "")}
        </span>
        {more > 0 && <span className={styles.more}>+{integer(more)} turns</span>}
        {chips.slice(0, 3).map((chip) => (
          <Chip key={chip} title={chip}>
            {chip}
          </Chip>
        ))}
      </div>
    </div>
  );
}
