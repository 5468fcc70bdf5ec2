import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { m } from "../messages";
import modal from "../unserved/unserved.module.css";
import { EVERYWHERE, HELP } from "./help";
import css from "./help.module.css";

/** Help in context: what this page does, and its keys. */
export function HelpDialog({ page, onClose }: { page: string; onClose: () => void }): React.JSX.Element {
  const help = HELP[page];
  return (
    <ModalOverlay className={modal.overlay} isOpen isDismissable onOpenChange={(open) => open || onClose()}>
      <Modal className={modal.modal}>
        <Dialog className={modal.dialog}>
          <Heading slot="title" className={modal.title}>{m.help.title}</Heading>
          {help?.what.map((text) => <p key={text} className={css.what}>{text}</p>)}
          <h3 className={css.keysTitle}>{m.help.keys}</h3>
          <dl className={css.keys}>
            {[...(help?.keys ?? []), ...EVERYWHERE].map(([keys, what]) => (
              <div key={keys}>
                <dt><kbd>{keys}</kbd></dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <p className={css.end}><button type="button" className="button primary" autoFocus onClick={onClose}>{m.help.close}</button></p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
