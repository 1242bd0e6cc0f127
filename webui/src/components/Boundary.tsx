import { Component, type ReactNode } from "react";
import { Button } from "pf/Button";
import i18next from "i18next";

import { Empty } from "./Empty";

interface Props {
  children: ReactNode;
}

/** Keeps a broken part from taking the rest with it. */
export class Boundary extends Component<Props, { problem: Error | null }> {
  override state = { problem: null as Error | null };

  static getDerivedStateFromError(problem: Error): { problem: Error } {
    return { problem };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    // A piece of the page that could not be fetched is remembered as missing until the document is loaded again.
    const again = (): void => (/import|module/i.test(problem.message) ? location.reload() : this.setState({ problem: null }));
    const texts = i18next.isInitialized ? { title: i18next.t("partBroken"), retry: i18next.t("reloadPart") } : { title: "Nano", retry: "↻" };
    return (
      <Empty title={texts.title} status="danger" actions={<Button onClick={again}>{texts.retry}</Button>}>
        {problem.message}
      </Empty>
    );
  }
}
