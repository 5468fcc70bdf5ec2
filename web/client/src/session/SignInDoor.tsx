import { Suspense, lazy, useCallback, useEffect, useState } from "react";
import { m } from "../messages";
import { BareBar } from "../shell/BareBar";
import { Footer } from "../shell/Footer";
import { Waiting } from "../shell/Waiting";
import shell from "../shell/shell.module.css";
import { IdentityPicker } from "./IdentityPicker";
import { useWays } from "./ways";

const SignInPage = lazy(() => import("../accounts/SignInPage").then(({ SignInPage: it }) => ({ default: it })));

/** In the demonstration one chooses who one is; elsewhere one signs in. */
export function SignInDoor({ onSignedIn }: { onSignedIn: () => void }): React.JSX.Element {
  const { ways, ask } = useWays();
  const [failed, setFailed] = useState(false);
  const load = useCallback(() => {
    setFailed(false);
    ask().catch(() => setFailed(true));
  }, [ask]);
  useEffect(() => {
    if (!ways) load();
  }, [ways, load]);

  if (ways?.demo) return <IdentityPicker onSignedIn={onSignedIn} />;
  return (
    <div className={shell.aside}>
      <BareBar />
      <div>
        {ways ? (
          <Suspense fallback={<Waiting title={m.app.loading} />}><SignInPage onSignedIn={onSignedIn} /></Suspense>
        ) : failed ? (
          <Waiting title={m.app.unreachable} help={m.app.unreachableHelp} onRetry={load} />
        ) : (
          <Waiting title={m.app.loading} />
        )}
      </div>
      <Footer />
    </div>
  );
}
