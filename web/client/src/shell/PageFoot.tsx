import { Suspense, lazy, useCallback, useState } from "react";
import { Footer } from "./Footer";
import { useHelpKey } from "./useHelpKey";

const HelpDialog = lazy(() => import("./HelpDialog").then(({ HelpDialog: it }) => ({ default: it })));

/** The foot of a page, with help in context: "?" or the button. */
export function PageFoot({ page }: { page: string }): React.JSX.Element {
  const [open, setOpen] = useState(false);
  const show = useCallback(() => setOpen(true), []);
  useHelpKey(show);
  return (
    <>
      <Footer onHelp={show} />
      {open && (
        <Suspense fallback={null}>
          <HelpDialog page={page} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
