package io.driftwood.jobs.topology;

import io.driftwood.flink.PosteriorSupplier;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.List;
import java.util.Optional;

/**
 * The recursion that a configuration asks for, as settings: small, serializable, and built where the job runs. The same recipe serves
 * Flink and a plain {@code main}.
 *
 * @param settings of the whole configuration, checked
 */
public record PosteriorRecipe(Settings settings) implements PosteriorSupplier {

    @Override
    public SequentialPosterior get() {
        return with(subject());
    }

    Subject subject() {
        return Subject.of(settings);
    }

    SequentialPosterior with(Subject subject) {
        return subject.posterior(settings, summary(subject));
    }

    private Settings sampler() {
        return settings.struct("sampler");
    }

    SummaryOptions summary(Subject subject) {
        double[] levels = sampler().list("quantiles", Double.class).stream().mapToDouble(x -> x).sorted().distinct().toArray();
        Optional<Settings> samples = sampler().optionalStruct("samples");
        return new SummaryOptions(settings.text("name"), levels, Predictions.build(subject, predict()),
                samples.map(s -> s.count("every")).orElse(0), samples.map(s -> s.count("count")).orElse(0));
    }

    private List<Settings> predict() {
        return settings.list("predict", Settings.class);
    }
}
