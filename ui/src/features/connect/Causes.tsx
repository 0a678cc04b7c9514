import styles from "./Causes.module.css";

/** Why nothing arrives, the most common first. */
export function Causes() {
  const { hostname, port, origin } = window.location;
  return (
    <div className={styles.causes}>
      <h3>What keeps spans from arriving</h3>
      <ul>
        <li>
          <strong>Address, port and protocol do not fit.</strong> OTLP over HTTP goes to{" "}
          <code className="mono">{origin}/v1/traces</code> or port 4318; gRPC goes to port 4317. An exporter for one
          does not speak to the other.
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
