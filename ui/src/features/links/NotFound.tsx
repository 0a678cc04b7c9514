import { Link } from "@tanstack/react-router";
import { State } from "../../components/State";
import { AppBar } from "../shell/AppBar";

export function NotFound() {
  return (
    <>
      <AppBar project={null} tab="sessions" />
      <main id="content">
        <State title="There is no page at this address." actions={<Link to="/">Go to the sessions</Link>} />
      </main>
    </>
  );
}
