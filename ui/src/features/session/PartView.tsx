import { FileText, ImageIcon, Music } from "lucide-react";
import type { Part } from "../../api/types";
import { Folded } from "../../components/Folded";
import { JsonTree } from "../../components/JsonTree";
import { LongText, Plain } from "../../components/LongText";
import { bytes, plural } from "../../core/format";
import { partHolds } from "../../core/holds";
import { structured } from "../../core/json";
import { wordCount } from "../../core/text";
import { DocumentList } from "./DocumentList";
import styles from "./PartView.module.css";
import { ToolFrame } from "./ToolFrame";

/** One part of a message, by its type. */
export function PartView({ part, find, markdown }: { part: Part; find: string | undefined; markdown: boolean }) {
  switch (part.type) {
    case "text":
      return <TextOrJson text={part.text} find={find} markdown={markdown} />;
    case "json":
      return <TextOrJson text={part.value} find={find} markdown={false} />;
    case "image":
      return <Image url={part.url} />;
    case "audio":
      return <Audio url={part.url} transcript={part.transcript ?? null} find={find} />;
    case "file":
      return <Attachment glyph={FileText} word={part.name || "File"} url={part.url} detail={part.mime_type ?? ""} />;
    case "tool_call":
      return <ToolFrame calls={[part]} find={find} />;
    case "tool_result":
      return (
        <Folded
          summary={
            <span>
              Result{part.name && ` of ${part.name}`} · {bytes(part.result.length)}
            </span>
          }
          open={part.result.length < 600 || partHolds(part, find)}
        >
          {() => (
            <div className={styles.result}>
              <TextOrJson text={part.result} find={find} markdown={false} />
            </div>
          )}
        </Folded>
      );
    case "reasoning":
      return part.text ? (
        <Folded summary={<span>Reasoning · {plural(wordCount(part.text), "word")}</span>} hit={partHolds(part, find)}>
          {() => (
            <div className={styles.reasoning}>
              <LongText text={part.text} markdown find={find} />
            </div>
          )}
        </Folded>
      ) : (
        <p className={styles.note}>Reasoning · sealed by the provider</p>
      );
    case "documents":
      return <DocumentList documents={part.documents} query={part.query ?? null} find={find} />;
  }
}

export function TextOrJson({ text, find, markdown }: { text: string; find?: string | undefined; markdown: boolean }) {
  const value = structured(text);
  if (value !== undefined) return <JsonTree value={value} find={find} />;
  return <LongText text={text} markdown={markdown} typed={!markdown} find={find} />;
}

/** Only what travelled inside the message is drawn: fetching from elsewhere would tell them who reads. */
function Image({ url }: { url: string }) {
  if (/^data:image\/(png|jpeg|gif|webp|avif|bmp);/i.test(url)) {
    return <img className={styles.image} src={url} alt="From the conversation" loading="lazy" />;
  }
  return <Attachment glyph={ImageIcon} word="Image" url={url} detail="" />;
}

function Audio({ url, transcript, find }: { url: string; transcript: string | null; find: string | undefined }) {
  return (
    <div className={styles.audio}>
      {/^data:audio\//i.test(url) ? (
        // biome-ignore lint/a11y/useMediaCaption: the transcript, where there is one, stands below
        <audio controls preload="none" src={url} />
      ) : (
        <Attachment glyph={Music} word="Audio" url={url} detail="" />
      )}
      {transcript && <Plain text={transcript} find={find} />}
    </div>
  );
}

function Attachment({
  glyph: Glyph,
  word,
  url,
  detail,
}: {
  glyph: typeof FileText;
  word: string;
  url: string;
  detail: string;
}) {
  const web = /^https?:\/\//i.test(url);
  const address = /^data:/i.test(url) ? `inside the message, ${bytes(Math.round(url.length * 0.75))}` : url;
  return (
    <div className={styles.card}>
      <Glyph size={16} aria-hidden />
      <span className={styles.cardWords}>
        {word} {detail && <span className="muted">{detail}</span>}
        <br />
        {web ? (
          <a href={url} target="_blank" rel="noopener noreferrer nofollow">
            {url}
          </a>
        ) : (
          <span className="muted">{address.slice(0, 300)}</span>
        )}
      </span>
    </div>
  );
}
