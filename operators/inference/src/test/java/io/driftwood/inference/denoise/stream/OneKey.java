package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One key of a denoising job, from its configuration. */
final class OneKey {

    static final double NONE = Double.NaN;
    private static final double[] LEVELS = {0.05, 0.5, 0.95};

    final SequentialPosterior posterior;
    final Scratch scratch = new Scratch();
    final PosteriorState state;
    StepInfo info;
    private long records;

    private OneKey(SequentialPosterior posterior, PosteriorState state) {
        this.posterior = posterior;
        this.state = state;
    }

    /** @param options of the section {@code denoise}, as a file has them */
    static OneKey of(Object... options) { return of(Map.of(), new SummaryOptions("job", LEVELS, List.of(), 0, 0), options); }

    static OneKey of(Map<String, ?> sampler, SummaryOptions summary, Object... options) {
        Settings own = Checker.check(new Shape.Struct(SamplerOptions.OPTIONS), sampler).orThrow();
        SequentialPosterior posterior = Denoisings.build(settings(options), own, Optional.empty(), summary);
        return new OneKey(posterior, posterior.start("key"));
    }

    static Settings settings(Object... options) {
        return Checker.check(new Shape.Struct(Denoisings.OPTIONS), Settings.of(options).values()).orThrow();
    }

    /** Another recursion that goes on with this key. */
    OneKey with(SequentialPosterior other) { return new OneKey(other, state); }

    DenoisingPosterior denoising() { return (DenoisingPosterior) posterior; }

    /** Takes a record up and tells of it. */
    PosteriorSummary next(double... values) { return at(Observation.NO_TIME, values); }

    PosteriorSummary at(long time, double... values) {
        Observation record = new Observation("key", time, values, "test", records++);
        info = posterior.step(state, record, scratch);
        return posterior.summarise(state, record, info, scratch);
    }

    /** Why a record is refused; what the key has learnt must be as before. */
    String refusal(double... values) {
        double[] before = state.statistics.clone();
        double evidence = state.logEvidence;
        next(values);
        if (!Arrays.equals(before, state.statistics) || evidence != state.logEvidence) {
            throw new AssertionError("the record left a trace");
        }
        return info.rejection;
    }

    static Quantity of(PosteriorSummary summary, String name) {
        Stream.Builder<Quantity> all = Stream.builder();
        Arrays.stream(summary.parameters()).forEach(all);
        Arrays.stream(summary.derived()).forEach(all);
        return all.build().filter(q -> q.name().equals(name)).findFirst().orElseThrow();
    }

    static double mean(PosteriorSummary summary, String name) { return of(summary, name).mean(); }
}
