import { AnchorButton } from "#components/ui/button.tsx";

/** The way to the identity provider: a link, so that it needs no script and the policy on forms lets it through. */
export function OidcLink({ name, next }: { name: string; next: string }) {
  const query = next === "/" ? "" : `?next=${encodeURIComponent(next)}`;
  return (
    <AnchorButton href={`/api/auth/signin/oidc${query}`} look="primary" className="min-w-0 max-w-full">
      <span className="truncate">Continue with {name}</span>
    </AnchorButton>
  );
}

/** The same way, for who is known there as someone that won't do here. */
export function OidcLinkAfresh() {
  return (
    <AnchorButton href="/api/auth/signin/oidc?afresh" look="primary">
      Use another account
    </AnchorButton>
  );
}
