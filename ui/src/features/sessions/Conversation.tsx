import { Link } from "@tanstack/react-router";
import type { Session } from "../../api/types";
import { Chip } from "../../components/Chip";
import { Marked } from "../../components/Marked";
import { pageName } from "../../core/address";
import { withoutTicks } from "../../core/code";
import { plural } from "../../core/format";
import { annotationWords } from "../../core/labels";
import { aroundFirst, occurrences } from "../../core/marks";
import { withoutMarkdown } from "../../core/text";
import styles from "./Conversation.module.css";
import { foundText, nameWords, whereFound } from "./found";

interface Props {
  project: string;
  /** What it was found by. */
  query: string;
  session: Session;
  compact: boolean;
  /** Little room: the hit stands at the beginning of its line. */
  narrow: boolean;
}

const CHIPS = 3;

/** Line one: what the end user first said. Line two: the last answer, or why the search found it. Then chips. */
export function Conversation({ project, query, session, compact, narrow }: Props) {
  const hit = session.hits?.first;
  const name = hit ? undefined : session.matched?.[0];
  const first = withoutTicks(session.first_input?.trim() ?? "");
  // A hit in the first line needs no second showing.
  const marks = hit ? occurrences(first, foundText(hit)) : [];
  const more = (session.hits?.count ?? 0) - 1;
  const chips = chipsOf(session);
  return (
    <div className={`${styles.conversation} ${compact ? styles.compact : ""}`}>
      <Link
        to="/p/$project/sessions/$id"
        params={{ project: pageName(project), id: session.id }}
        search={whereFound(session, query)}
        className={styles.first}
        dir="auto"
      >
        {first ? <Marked text={first} ranges={marks} /> : <span className={styles.none}>{session.session_id}</span>}
      </Link>
      <div className={styles.second}>
        {name ? (
          <span className={`${styles.last} ${styles.hit}`}>
            {nameWords(name)} <Marked text={name.value} ranges={name.ranges} />
          </span>
        ) : (
          <span className={hit ? `${styles.last} ${styles.hit}` : styles.last} dir="auto">
            {hit ? (
              <Marked {...aroundFirst(hit.text, hit.ranges, narrow ? 12 : 32)} />
            ) : (
              withoutMarkdown(session.last_output ?? "")
            )}
          </span>
        )}
        {more > 0 && <span className={styles.more}>+{plural(more, "hit")}</span>}
        {chips.slice(0, CHIPS).map((chip) => (
          <Chip key={chip.title} title={chip.title}>
            {chip.words}
          </Chip>
        ))}
        {chips.length > CHIPS && <span className={styles.more}>+{chips.length - CHIPS}</span>}
      </div>
    </div>
  );
}

interface ChipWords {
  words: string;
  title: string;
}

/** What people and programs said about it first, then its tags; each word once. */
function chipsOf(session: Session): ChipWords[] {
  const said = session.annotations
    .filter((each) => each.label !== null || each.score !== null)
    .map((each) => ({ words: each.label ?? `${each.name} ${each.score}`, title: annotationWords(each) }));
  const tags = session.tags.values.map((tag) => ({ words: tag, title: tag }));
  const seen = new Set<string>();
  return [...said, ...tags].filter(({ words }) => !seen.has(words) && seen.add(words));
}
