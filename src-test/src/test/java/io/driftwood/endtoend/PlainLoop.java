package io.driftwood.endtoend;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.jobs.topology.JobPlan;
import io.driftwood.wire.SummaryEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the job must write, by a loop that knows neither Flink nor the connectors. */
final class PlainLoop {

    private PlainLoop() {}

    /** The lines in order of (event time, key, seq), as one writer writes them. */
    static List<String> lines(JobPlan plan, List<Readings.Reading> readings) {
        SequentialPosterior posterior = plan.recipe().get();
        if (!posterior.fields().equals(List.of("y", "x"))) {
            throw new AssertionError("the readings are in the order y, x; the model wants " + posterior.fields());
        }
        Scratch scratch = new Scratch();
        Map<String, PosteriorState> states = new HashMap<>();
        List<PosteriorSummary> summaries = new ArrayList<>();
        for (Observation y : inOrder(readings)) {
            PosteriorState state = states.computeIfAbsent(y.key(), posterior::start);
            StepInfo info = posterior.step(state, y, scratch);
            if (info.rejection == null) {
                summaries.add(posterior.summarise(state, y, info, scratch));
            }
        }
        summaries.sort(Comparator.comparingLong(PosteriorSummary::eventTime).thenComparing(PosteriorSummary::key)
                .thenComparingLong(PosteriorSummary::seq));
        SummaryEncoder encoder = new SummaryEncoder();
        return summaries.stream().map(summary -> new String(encoder.encode(summary).value(), StandardCharsets.UTF_8)).toList();
    }

    static List<Observation> inOrder(List<Readings.Reading> readings) {
        return readings.stream().map(Readings.Reading::observation).flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(Observation::eventTime).thenComparingLong(Observation::offset)).toList();
    }
}
