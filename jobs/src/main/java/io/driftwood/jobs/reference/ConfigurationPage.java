package io.driftwood.jobs.reference;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.jobs.configuration.JobShape;
import io.driftwood.jobs.configuration.LearnShape;
import io.driftwood.jobs.configuration.SampleShape;
import java.util.List;

/** Every section and key of a configuration: of a job on a stream, of a target to sample, and of what is to be learned from a table. */
final class ConfigurationPage {

    private ConfigurationPage() {}

    static String text() {
        Markdown page = Markdown.reference("configuration");
        page.paragraph("A job is one YAML 1.2 file. An unknown key is an error, except under `flink:` and `kafka:`. All problems are reported at once: "
                + "`driftwood validate FILE`. A later word wins: default, file, environment, flag; `driftwood validate FILE --explain` shows who won.");
        page.line("* A flag: `--set sampler.particles=2000`; a list's element is `sinks[0].type`.");
        page.line("* The environment: `DRIFTWOOD__SAMPLER__PARTICLES=2000`, with `__` between keys and `_` for `-`.");
        page.line("* A secret: `${env:NAME}` inside a value; it is never printed.");
        page.line("* A duration is a number with a unit: `500 ms`, `30s`, `5 min`, `1 h`, `2 d`.");
        page.line("* A relative file path counts from the directory of the configuration.");
        page.paragraph("* Editors complete and check with [driftwood.schema.json](../../driftwood.schema.json), which `driftwood schema` writes.");
        JobShape.ROOT.options().forEach(option -> section(page, option));
        return page.next("[what can be chosen as a model](models.md).");
    }

    static String ofSample() {
        Markdown page = Markdown.reference("configuration of a target to sample");
        page.paragraph("What `driftwood sample FILE` reads: one YAML 1.2 file with a `target:` in the place of a stream. How files, the environment and flags are laid over "
                + "each other is said [of jobs](configuration.md); the flags are `--chains`, `--particles`, `--seed`, `--parallelism` and `--set PATH=VALUE`. "
                + "Editors complete and check with [driftwood-sample.schema.json](../../driftwood-sample.schema.json), which `driftwood schema --sample` writes.");
        SampleShape.ROOT.options().forEach(option -> section(page, option));
        return page.next("[how to sample a target](../how-to/sample-a-target.md).");
    }

    static String ofLearning() {
        Markdown page = Markdown.reference("configuration of what is to be learned from a table");
        page.paragraph("What `driftwood learn FILE` reads: one YAML 1.2 file with `data:` and `training:`. How files, the environment and flags are laid over each other is said "
                + "[of jobs](configuration.md); the flags are `--seed` and `--set PATH=VALUE`. "
                + "Editors complete and check with [driftwood-learn.schema.json](../../driftwood-learn.schema.json), which `driftwood schema --learn` writes.");
        LearnShape.ROOT.options().forEach(option -> section(page, option));
        return page.next("[what can be learned](trainings.md).");
    }

    private static void section(Markdown page, Option option) {
        page.heading("`" + option.name() + "`");
        String need = option.required() ? "Required." : option.fallback().isPresent() ? "Default " + Markdown.value(option.fallback().get()) + "." : "Optional.";
        page.paragraph(Markdown.sentence(option.help()) + " " + need);
        Shape shape = option.shape();
        if (shape instanceof Shape.ListOf list) {
            page.line("A list of:").line("");
            forms(page, option.name() + "[].", list.element());
        } else {
            forms(page, option.name() + ".", shape);
        }
    }

    private static void forms(Markdown page, String path, Shape shape) {
        if (shape instanceof Shape.Either either) {
            either.alternatives().forEach(alternative -> forms(page, path, alternative));
        } else if (shape instanceof Shape.Struct struct) {
            List<String> needed = struct.options().stream().filter(Option::required).map(o -> "`" + o.name() + "`").toList();
            page.paragraph(needed.isEmpty() ? "A mapping:" : "A mapping with " + String.join(" and ", needed) + ":");
            page.table(OptionTable.HEAD, OptionTable.rows(path, struct.options()));
        } else {
            page.paragraph(Markdown.sentence(OptionTable.words(shape)));
        }
    }
}
