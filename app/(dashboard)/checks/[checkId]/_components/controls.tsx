import { frameworks } from "#lib/compliance/frameworks.ts";
import { Section } from "./section.tsx";

/** The controls that it counts towards, by framework. */
export function Controls({ checkId }: { checkId: string }) {
  const own = frameworks
    .map((framework) => ({
      ...framework,
      controls: framework.controls.filter(({ checks }) => checks.includes(checkId)),
    }))
    .filter(({ controls }) => controls.length > 0);
  return (
    <Section id="controls" title="Controls">
      {own.length === 0 ? (
        <p className="text-14 text-ink-soft">It counts towards no framework's control.</p>
      ) : (
        own.map(({ framework, name, version, controls }) => (
          <div key={framework} className="mb-4">
            <h3 className="label-caps mb-1">
              {name} {version}
            </h3>
            <ul className="grid gap-1.5 text-14">
              {controls.map(({ id, title }) => (
                <li key={id} className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-2">
                  <span className="font-mono text-12 leading-5 text-ink-faint">{id}</span>
                  <span className="text-pretty">{title}</span>
                </li>
              ))}
            </ul>
          </div>
        ))
      )}
    </Section>
  );
}
