package io.driftwood.jobs.reference;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.jobs.configuration.Catalogues;
import java.util.Map;

/** One page for one catalogue: every entry with its options. */
final class CataloguePage {

    /** Where a kind is chosen in a configuration, in words. */
    private static final Map<String, String> CHOSEN = Map.ofEntries(
            Map.entry("model", "under `model:`; a model of your own is named by its class there ([how to](../how-to/own-model.md))"),
            Map.entry("state-space-model", "under `model:`; a model of your own is named by its class there"),
            Map.entry("filter", "under `filter:`, for a [state-space model](state-space-models.md)"),
            Map.entry("transition", "under `sampler.transition:`"),
            Map.entry("resampler", "under `sampler.resampler:`"),
            Map.entry("rejuvenation", "under `sampler.rejuvenate:`"),
            Map.entry("history", "under `history:`"),
            Map.entry("learner", "under `learn.learner:`"),
            Map.entry("denoising-prior", "under `denoise.prior:`"),
            Map.entry("denoising-channel", "under `denoise.channel:`"),
            Map.entry("denoising-drift", "under `denoise.drift:`"),
            Map.entry("training", "under `training:` of [what is to be learned from a table](learn-configuration.md)"),
            Map.entry("source", "under `source:`"),
            Map.entry("sink", "in the list `sinks:`"),
            Map.entry("target", "under `target:` of a [target to sample](sample-configuration.md)"),
            Map.entry("sampler", "under `sampler:` of a [target to sample](sample-configuration.md)"),
            Map.entry("prior", "wherever a [model](models.md) asks for a prior"));

    /** What must be said before the entries of a kind. */
    private static final Map<String, String> LETTERS = Map.of(
            "transition", "In the equations u = L⁻¹θ are whitened coordinates, C = L Lᵀ the covariance taken from the population, l the log-density, g = Lᵀ∇l the score in "
                    + "whitened coordinates, z standard normal, h or d the step, f the friction. Steps and scales are therefore in units of the posterior's own.",
            "sampler", "In the equations p is the unnormalised target and Z its integral, r the reference, beta_k the inverse temperatures, z standard normal, sigma the noise of a "
                    + "measurement, and f * g a convolution.");

    private CataloguePage() {}

    static String file(Catalogue<?> catalogue) {
        return Catalogues.plural(catalogue) + ".md";
    }

    static String text(Catalogue<?> catalogue) {
        Markdown page = Markdown.reference(Catalogues.plural(catalogue));
        page.paragraph("Chosen " + CHOSEN.getOrDefault(catalogue.kind(), "by `type`") + "." + loneWord(catalogue));
        if (LETTERS.containsKey(catalogue.kind())) {
            page.paragraph(LETTERS.get(catalogue.kind()));
        }
        for (Entry<?> entry : catalogue.entries()) {
            page.heading("`" + entry.name() + "`").paragraph(Markdown.sentence(entry.help()));
            entry.notes().forEach(note -> note(page, note));
            if (!entry.options().isEmpty()) {
                page.table(OptionTable.HEAD, OptionTable.rows("", entry.options()));
            }
        }
        return page.next("[every section of a configuration](configuration.md).");
    }

    /** Lines are an equation, and stand as they are written. */
    private static void note(Markdown page, Entry.Note note) {
        if (note.text().contains("\n")) {
            page.paragraph(note.label() + ":").code(note.text());
        } else {
            page.paragraph(note.label() + ": " + Markdown.sentence(note.text()));
        }
    }

    private static String loneWord(Catalogue<?> catalogue) {
        return catalogue.entries().stream()
                .filter(entry -> entry.options().stream().noneMatch(Option::required))
                .findFirst()
                .map(entry -> " A lone word stands for an entry with its defaults: `" + entry.name() + "` for `{type: " + entry.name() + "}`.")
                .orElse("");
    }
}
