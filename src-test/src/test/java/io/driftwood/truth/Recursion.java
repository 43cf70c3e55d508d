package io.driftwood.truth;

import io.driftwood.inference.assimilate.History;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Posteriors;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.Derived;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stream through a posterior in a plain loop, observation by observation. Event time counts the observations of all keys. */
public final class Recursion {

    private final SequentialPosterior posterior;
    private final Scratch scratch = new Scratch();
    private final Map<String, PosteriorState> states = new HashMap<>();
    private long time;
    private StepInfo info;

    public Recursion(Model model, Settings sampler, Optional<History> history, SummaryOptions summary) {
        this.posterior = Posteriors.build(model, sampler, history, summary);
    }

    public static Recursion of(Model model, Settings sampler, Derived... derived) {
        return new Recursion(model, sampler, Optional.empty(), SummaryOptions.of("truth", derived));
    }

    public static Recursion of(Model model, Settings sampler, History history, Derived... derived) {
        return new Recursion(model, sampler, Optional.of(history), SummaryOptions.of("truth", derived));
    }

    /** One observation of one key. */
    public PosteriorSummary feed(String key, double... values) {
        Observation y = new Observation(key, ++time, values, "truth", time);
        PosteriorState state = state(key);
        info = posterior.step(state, y, scratch);
        return posterior.summarise(state, y, info, scratch);
    }

    public PosteriorSummary feed(double... values) { return feed("key", values); }

    /** One summary for every row. */
    public List<PosteriorSummary> feedAll(double[][] rows) {
        List<PosteriorSummary> out = new ArrayList<>();
        for (double[] row : rows) {
            out.add(feed(row));
        }
        return out;
    }

    /** Every row, and one summary at the end. */
    public PosteriorSummary feedToEnd(double[][] rows) {
        for (int r = 0; r < rows.length - 1; r++) {
            info = posterior.step(state("key"), new Observation("key", ++time, rows[r], "truth", time), scratch);
        }
        return feed(rows[rows.length - 1]);
    }

    /** What the last step said; valid until the next. */
    public StepInfo info() { return info; }

    public PosteriorState state() { return state("key"); }

    public PosteriorState state(String key) { return states.computeIfAbsent(key, posterior::start); }
}
