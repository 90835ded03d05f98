import type { Metadata } from "next";
import { LinkForm } from "./_components/link-form.tsx";

/** The token stands in the address's fragment, which goes nowhere; whatever this page leads to isn't told of it either. */
export const metadata: Metadata = { title: "Set your password", referrer: "no-referrer" };

export default function LinkPage() {
  return <LinkForm />;
}
