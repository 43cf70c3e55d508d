package io.driftwood.inference.assimilate;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.StepFacts;
import io.driftwood.inference.summary.Summariser;
import java.util.Arrays;
import java.util.List;

/**
 * Iterated batch importance sampling: a weighted population tracks the posterior observation by observation (algorithms 7.1,
 * 7.2). Cost per event: one likelihood term per particle; a rejuvenation costs (moves x rows in the history) terms per particle
 * and becomes geometrically rare as the posterior settles.
 *
 * <p>Summaries are consistent in N; log-evidence is consistent under the full history and a score under policies that forget.
 */
final class ParticlePosterior implements SequentialPosterior {

    private final Model model;
    private final History history;
    private final Annealer tempering;
    private final Annealer annealer;
    private final ImproperStart improperStart;
    private final Summariser summariser;
    private final int size;
    private final long seed;
    private final Gate gate;
    private final ObservationPath path;
    private final double[] row;
    private final Responses responses;
    private final StepInfo info = new StepInfo();
    private final Scratch startScratch = new Scratch();

    /**
     * @param tempering carries a population to its first posterior from where an improper prior made it begin
     * @param annealer carries it from every posterior to the next
     */
    ParticlePosterior(Model model, History history, Annealer tempering, Annealer annealer, Summariser summariser, int size, long seed) {
        this.model = model;
        this.history = history;
        this.tempering = tempering;
        this.annealer = annealer;
        this.improperStart = new ImproperStart(model, tempering);
        this.summariser = summariser;
        this.size = size;
        this.seed = seed;
        this.gate = new Gate(model.fields());
        this.path = new ObservationPath(model);
        this.row = new double[model.rowWidth()];
        this.responses = new Responses(model, summariser);
    }

    @Override
    public List<String> fields() { return model.fields(); }

    @Override
    public PosteriorState start(String key) {
        PosteriorState state = new PosteriorState();
        state.keyBits = Randomness.of(seed, key).keyBits();
        state.history = new Rows(model.rowWidth());
        if (model.hasProperPrior()) {
            populate(state);
            model.samplePrior(state.particles, state.randomness(), 0, startScratch);
            weighPriorDraws(state);
        } else {
            state.phase = PosteriorState.Phase.BUFFERING;
        }
        return state;
    }

    /** A tuned path of these dimensions, where tuned paths are used. */
    @Override
    public ParticlePosterior with(Learned learned) {
        Annealer learning = annealer.with(annealer.leap().with(learned, model.parameters().dimension()));
        return new ParticlePosterior(model, history, tempering, learning, summariser, size, seed);
    }

    /** Draws from the prior are calibrated by the prior's score, as rejuvenated ones are by the posterior's. */
    private void weighPriorDraws(PosteriorState state) {
        int mark = startScratch.mark();
        double[] logPrior = startScratch.take(state.particles.stride);
        double[] score = startScratch.take(state.particles.length());
        Arrays.fill(logPrior, 0, state.particles.stride, 0.0);
        Arrays.fill(score, 0, state.particles.length(), 0.0);
        model.addLogPrior(state.particles, logPrior, score, startScratch);
        annealer.mover().weigh(state.particles, score, state.weights, startScratch);
        startScratch.release(mark);
    }

    @Override
    public StepInfo step(PosteriorState state, Observation y, Scratch scratch) {
        info.clear();
        state.step++;
        String refusal = gate.refusal(y);
        if (refusal != null) {
            return refuse(state, refusal);
        }
        model.encode(y.values(), row);
        if (Gate.hasMissing(row)) {
            return passOver(state, y);
        }
        int newest = state.history.append(row, 0);
        boolean explained = state.phase == PosteriorState.Phase.BUFFERING ? buffer(state, newest, scratch) : admit(state, scratch);
        if (!explained) {
            state.history.count--;
            return refuse(state, "no part of the posterior explains this observation: its density is zero or cannot be reached by tempering");
        }
        return accept(state, y);
    }

    /** Lets the newest row in under the history policy. */
    private boolean admit(PosteriorState state, Scratch scratch) {
        path.admit(state.history, history);
        boolean carried = annealer.carry(state, path, info, scratch);
        if (carried) {
            path.at(1);
            history.forget(state.history);
        } else {
            path.undo();
        }
        return carried;
    }

    /** Keeps the newest row, and starts the population as soon as the posterior is proper. An impossible row would keep it from ever starting. */
    private boolean buffer(PosteriorState state, int newest, Scratch scratch) {
        state.history.weights[newest] = 1;
        if (!improperStart.allows(state.history, scratch)) {
            return false;
        }
        if (model.isProper(state.history)) {
            populate(state);
            state.phase = improperStart.start(state, info, scratch) ? PosteriorState.Phase.RUNNING : PosteriorState.Phase.BUFFERING;
        }
        info.buffering = state.phase == PosteriorState.Phase.BUFFERING;
        if (info.buffering) {
            state.particles = null;
            state.weights = null;
            state.tuning = null;
        }
        return true;
    }

    private void populate(PosteriorState state) {
        state.particles = new Particles(size, model.parameters().dimension());
        state.weights = new LogWeights(size);
        state.tuning = annealer.mover().initialTuning(model.parameters().dimension());
    }

    private StepInfo accept(PosteriorState state, Observation y) {
        state.assimilated++;
        state.clock = Math.max(state.clock, y.eventTime());
        return info;
    }

    private StepInfo passOver(PosteriorState state, Observation y) {
        info.missing = true;
        info.buffering = state.phase == PosteriorState.Phase.BUFFERING;
        if (!info.buffering) {
            info.ess = state.weights.effectiveSampleSize();
        }
        return accept(state, y);
    }

    private StepInfo refuse(PosteriorState state, String reason) {
        state.rejected++;
        info.rejection = reason;
        return info;
    }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        if (state.phase == PosteriorState.Phase.BUFFERING) {
            return summariser.empty(Facts.buffering(state, y, info, evidenceKind()));
        }
        double se = Math.sqrt(state.logEvidenceVariance + annealer.stageVariance(state.weights));
        StepFacts facts = Facts.of(state, y, info, se, evidenceKind(), annealer.mover().transition().exactness().bias());
        return summariser.of(state.particles, state.weights, facts, scratch);
    }

    @Override
    public List<String> asks() { return responses.asks(); }

    @Override
    public Answer answer(PosteriorState state, Question question, Scratch scratch) {
        String refusal = state.phase == PosteriorState.Phase.BUFFERING
                ? "the prior is improper, and what has been seen of this key does not make a posterior yet" : responses.refusal(question);
        return refusal != null
                ? Answer.refused(question, state.assimilated, refusal)
                : responses.answer(state, question, state.particles, state.weights, annealer.mover().transition().exactness().bias(), scratch);
    }

    private String evidenceKind() {
        if (!history.keepsEvidence()) {
            return "score";
        }
        return annealer.mover().transition().exactness().exact() ? "consistent" : "biased";
    }
}
