import styles from "./Causes.module.css";
import { ports } from "./ports";

/** Why nothing arrives, the most common first. */
export function Causes() {
  const { hostname, port, origin } = window.location;
  const { otlp, grpc } = ports();
  return (
    <div className={styles.causes}>
      <h3>What keeps spans from arriving</h3>
      <ul>
        <li>
          <strong>Address, port and protocol do not fit.</strong> OTLP over HTTP goes to{" "}
          <code className="mono">{origin}/v1/traces</code>
          {otlp !== null && ` or port ${otlp}`}; gRPC {grpc === null ? "is not received" : `goes to port ${grpc}`}. An
          exporter for one does not speak to the other.
        </li>
        <li>
          <strong>localhost means another machine.</strong> Inside a container it is the container itself: use{" "}
          <code className="mono">host.docker.internal:{port || "6006"}</code>, and start the server so that it listens
          beyond {hostname}.
        </li>
        <li>
          <strong>The script ended first.</strong> Spans are sent in batches, some seconds later: call{" "}
          <code className="mono">provider.force_flush()</code> before it ends.
        </li>
      </ul>
    </div>
  );
}
