import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { AUTHOR_LENGTH_MAX, type Preferences, usePreference } from "../../core/preferences";
import styles from "./settings.module.css";

type Chosen = Exclude<keyof Preferences, "author">;

interface Props<P extends Chosen> {
  name: P;
  title: string;
  detail?: string;
  options: readonly (readonly [Preferences[P], string])[];
}

const ON_OFF = [
  ["on", "On"],
  ["off", "Off"],
] as const;

const SETTINGS: { [P in Chosen]: Props<P> } = {
  theme: {
    name: "theme",
    title: "Theme",
    options: [
      ["auto", "System"],
      ["light", "Light"],
      ["dark", "Dark"],
    ],
  },
  density: {
    name: "density",
    title: "Rows",
    options: [
      ["comfortable", "Comfortable"],
      ["compact", "Compact"],
    ],
  },
  zone: {
    name: "zone",
    title: "Time zone",
    detail: `Yours is ${Intl.DateTimeFormat().resolvedOptions().timeZone}.`,
    options: [
      ["viewer", "Mine"],
      ["utc", "UTC"],
    ],
  },
  times: {
    name: "times",
    title: "Times in lists",
    options: [
      ["relative", "Relative"],
      ["exact", "Exact"],
    ],
  },
  live: { name: "live", title: "Live", detail: "Whether lists say what has arrived since.", options: ON_OFF },
  singleKeys: {
    name: "singleKeys",
    title: "Single keys",
    detail: "Letters as shortcuts. Turn them off where you speak to the page.",
    options: ON_OFF,
  },
};

/** What one reader sets for themselves; this browser keeps it. */
export function ReaderSettings() {
  const [author, setAuthor] = usePreference("author");
  return (
    <>
      <p className={styles.lead}>Kept by this browser, for every project.</p>
      <ul className={styles.list}>
        {Object.values(SETTINGS).map((each) => (
          <Setting key={each.name} {...each} />
        ))}
        <li className={styles.row}>
          <div className={styles.words}>
            <Field
              label="Your name"
              hint="Stands beside what you annotate."
              value={author}
              change={setAuthor}
              maxLength={AUTHOR_LENGTH_MAX}
              autoComplete="name"
            />
          </div>
        </li>
      </ul>
    </>
  );
}

function Setting<P extends Chosen>({ name, title, detail, options }: Props<P>) {
  const [value, set] = usePreference(name);
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <span className={styles.name}>{title}</span>
        {detail && <span className={styles.detail}>{detail}</span>}
      </div>
      <Choice label={title} options={options} chosen={value} choose={set} />
    </li>
  );
}
