package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Facts;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.StepFacts;
import io.driftwood.inference.summary.Summariser;
import java.util.ArrayList;
import java.util.List;

/**
 * Summaries of a particle filter: the state, what its evidence is, of how many ancestors the population is left, and of every option that is on what
 * it did. Ancestors are counted since all particles were; they become so again when few are left ({@link Genealogy}).
 */
final class ParticleReport {

    private final Proposal proposal;
    private final Summariser summariser;
    private final ParticleOptions options;
    private final ParticleNumbers numbers;
    private final Genealogy genealogy;
    private final Trace trace;

    ParticleReport(Proposal proposal, Summariser summariser, ParticleOptions options, ParticleNumbers numbers, Genealogy genealogy, Trace trace) {
        this.proposal = proposal;
        this.summariser = summariser;
        this.options = options;
        this.numbers = numbers;
        this.genealogy = genealogy;
        this.trace = trace;
    }

    PosteriorSummary of(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        StepFacts facts = facts(state, y, info, scratch);
        PosteriorSummary summary = proposal.summarise(state, facts, summariser, scratch);
        return summary.withDerived(more(state, summary, facts, scratch));
    }

    private StepFacts facts(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        double se = Math.sqrt(genealogy.total(state, scratch));
        long recoveries = numbers.recoveries(state);
        return proposal.bias().isEmpty()
                ? Facts.of(state, y, info, se, options.recovery().evidenceKind(recoveries), options.recovery().bias(recoveries))
                : Facts.of(state, y, info, se, "biased", proposal.bias());
    }

    private Quantity[] more(PosteriorState state, PosteriorSummary summary, StepFacts facts, Scratch scratch) {
        List<Quantity> more = new ArrayList<>();
        int levels = summary.levels().length;
        more.add(Numbers.of("ancestors", genealogy.ancestors(state, scratch), levels));
        if (options.recovery().isOn()) {
            more.add(Numbers.of("recoveries", numbers.recoveries(state), levels));
        }
        if (options.count() != null) {
            more.add(Numbers.of("particles-in-use", numbers.active(state), levels));
        }
        if (options.smoothingLag() > 0) {
            addSmoothed(state, summary, facts, more, scratch);
        }
        return more.toArray(Quantity[]::new);
    }

    private void addSmoothed(PosteriorState state, PosteriorSummary today, StepFacts facts, List<Quantity> to, Scratch scratch) {
        int mark = scratch.mark();
        Quantity[] then = null;
        if (trace.isFull(state)) {
            Particles x = new Particles(state.particles.size, state.particles.dimension, scratch.take(state.particles.length()));
            trace.read(state, x);
            then = summariser.of(x, state.weights, facts, scratch).parameters();
        }
        for (int j = 0; j < today.parameters().length; j++) {
            String name = today.parameters()[j].name() + ".smoothed[" + options.smoothingLag() + "]";
            to.add(then == null ? Numbers.of(name, Double.NaN, today.levels().length)
                    : new Quantity(name, then[j].mean(), then[j].sd(), then[j].quantiles()));
        }
        scratch.release(mark);
    }
}
