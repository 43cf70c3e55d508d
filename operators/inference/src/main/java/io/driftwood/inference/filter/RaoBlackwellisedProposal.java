package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.filter.dynamics.ConditionallyLinear;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.PresentChannels;
import io.driftwood.inference.filter.dynamics.SemidefiniteFactor;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.StepFacts;
import io.driftwood.inference.summary.Summariser;

/**
 * Particles that carry conditions, and of the rest the exact posterior given them: columns are the c conditions, the mean (d) and the covariance
 * (d x d, row-major). Conditions move by the model; the weight is the Kalman filter's p(y_t | y_1..y_{t-1}, conditions). Never more noise than
 * drawing the rest; none at all where there is one condition only.
 *
 * <p>Moments in summaries are those of the mixture; quantiles and derived quantities come from one draw of the rest for each particle. About 1 us a
 * particle and record.
 *
 * <p>Reference: [1] Chen and Liu (2000), JRSS B 62, 493-508. Differs from [1]: nothing.
 */
final class RaoBlackwellisedProposal implements Proposal {

    private final ConditionallyLinear model;
    private final int c;
    private final int d;
    private final int channels;
    private final KalmanStep kalman = new KalmanStep();
    private final double[] condition;
    private final double[] mean;
    private final double[] covariance;
    private final double[] transition;
    private final double[] shift;
    private final double[] transitionCovariance;
    private final double[] observation;
    private final double[] observationCovariance;
    private final double[] present;

    RaoBlackwellisedProposal(ConditionallyLinear model) {
        this.model = model;
        c = model.conditions();
        d = model.dimension() - c;
        channels = model.channels().size();
        condition = new double[c];
        mean = new double[d];
        covariance = new double[d * d];
        transition = new double[d * d];
        shift = new double[d];
        transitionCovariance = new double[d * d];
        observation = new double[channels * d];
        observationCovariance = new double[channels * channels];
        present = new double[channels];
    }

    @Override
    public int columns() { return c + d + d * d; }

    /** The columns of the conditions, as a population that shares the numbers of x. */
    private Particles conditions(Particles x) { return new Particles(x.size, c, x.values); }

    int channels() { return channels; }

    @Override
    public void begin(Particles x, Moment first, Randomness random, long step, Scratch scratch) { begin(x, first, random, step, 0, scratch); }

    void begin(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        model.drawInitialConditions(conditions(x), first, random, step, iteration, scratch);
        startRest(x);
    }

    /** Where all conditions are static. */
    @Override
    public void beginGiven(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) { startRest(x); }

    private void startRest(Particles x) {
        for (int i = 0; i < x.size; i++) {
            load(x, i);
            model.initial(condition, mean, covariance);
            store(x, i);
        }
        x.pad();
    }

    @Override
    public void weighFirst(Particles x, double[] y, Moment first, double[] logIncrement, Scratch scratch) {
        for (int i = 0; i < x.size; i++) {
            load(x, i);
            logIncrement[i] = update(y, first);
            store(x, i);
        }
        x.pad();
    }

    @Override
    public void coast(Particles x, Moment moment, Randomness random, long step, int iteration, Scratch scratch) {
        model.propagateConditions(conditions(x), moment, random, step, iteration, scratch);
        for (int i = 0; i < x.size; i++) {
            load(x, i);
            predict(moment);
            store(x, i);
        }
        x.pad();
    }

    @Override
    public void move(Particles x, double[] y, Moment moment, double[] logIncrement, Randomness random, long step, int iteration, Scratch scratch) {
        coast(x, moment, random, step, iteration, scratch);
        weighFirst(x, y, moment, logIncrement, scratch);
    }

    /** By the measurement's density if the conditions stay as they are. */
    @Override
    public void lookAhead(Particles x, double[] y, Moment moment, double[] logPromise, Scratch scratch) {
        for (int i = 0; i < x.size; i++) {
            load(x, i);
            predict(moment);
            logPromise[i] = update(y, moment);
        }
    }

    private void predict(Moment moment) {
        model.transition(condition, moment, transition, shift, transitionCovariance);
        kalman.predict(d, mean, covariance, transition, shift, transitionCovariance);
    }

    private double update(double[] y, Moment moment) {
        model.observation(condition, moment, observation, observationCovariance);
        int count = PresentChannels.select(y, channels, d, observation, observationCovariance, present);
        return kalman.update(d, mean, covariance, present, count, observation, observationCovariance);
    }

    /** Mean and variance of channel c of what particle i would measure, at [c n + i]. */
    void expect(Particles x, Moment moment, double[] means, double[] variances) {
        for (int i = 0; i < x.size; i++) {
            load(x, i);
            model.observation(condition, moment, observation, observationCovariance);
            for (int k = 0; k < channels; k++) {
                means[k * x.size + i] = KalmanStep.expected(k, d, mean, observation);
                variances[k * x.size + i] = KalmanStep.variance(k, d, covariance, observation, observationCovariance);
            }
        }
    }

    @Override
    public Foresight foresight(Filter filter, int draws, MixtureForesight.Chooser chooser) { return new MixtureForesight(this, draws, chooser); }

    private void load(Particles x, int i) {
        for (int j = 0; j < c; j++) {
            condition[j] = x.get(j, i);
        }
        for (int j = 0; j < d; j++) {
            mean[j] = x.get(c + j, i);
        }
        for (int j = 0; j < d * d; j++) {
            covariance[j] = x.get(c + d + j, i);
        }
    }

    private void store(Particles x, int i) {
        for (int j = 0; j < d; j++) {
            x.set(c + j, i, mean[j]);
        }
        for (int j = 0; j < d * d; j++) {
            x.set(c + d + j, i, covariance[j]);
        }
    }

    @Override
    public void read(Particles x, int[] chosen, Particles out, Randomness random, long step, Scratch scratch) {
        int mark = scratch.mark();
        Particles all = new Particles(out.size, columns(), scratch.take(columns() * out.stride));
        Chosen.copy(x, chosen, all);
        draw(all, out, random, step, -1, scratch);
        scratch.release(mark);
    }

    @Override
    public PosteriorSummary summarise(PosteriorState state, StepFacts facts, Summariser summariser, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = state.particles;
        Particles drawn = new Particles(x.size, c + d, scratch.take((c + d) * x.stride));
        draw(x, drawn, state.randomness(), state.step, 0, scratch);
        PosteriorSummary summary = summariser.of(drawn, state.weights, facts, scratch);
        for (int j = 0; j < d; j++) {
            exactMoments(summary.parameters(), c + j, x, state.weights.normalised, j);
        }
        scratch.release(mark);
        return summary;
    }

    private void draw(Particles x, Particles out, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] z = scratch.take(d * x.stride);
        double[] lower = scratch.take(d * d);
        random.normals(step, Purpose.SUMMARY, iteration, z, 0, d * x.stride);
        System.arraycopy(x.values, 0, out.values, 0, c * x.stride);
        for (int i = 0; i < x.size; i++) {
            load(x, i);
            SemidefiniteFactor.lower(covariance, d, lower);
            for (int j = 0; j < d; j++) {
                double sum = mean[j];
                for (int k = 0; k <= j; k++) {
                    sum += lower[j * d + k] * z[k * x.stride + i];
                }
                out.set(c + j, i, sum);
            }
        }
        out.pad();
        scratch.release(mark);
    }

    /** Mean and standard deviation of the mixture instead of those of the draws. Linear columns are read as they are. */
    private void exactMoments(Quantity[] quantities, int k, Particles x, double[] weights, int j) {
        LaneMath math = LaneMath.get();
        double centre = math.dot(weights, 0, x.values, (c + j) * x.stride, x.size);
        double between = math.weightedSquares(weights, 0, x.values, (c + j) * x.stride, centre, x.size);
        double within = math.dot(weights, 0, x.values, (c + d + j * d + j) * x.stride, x.size);
        quantities[k] = new Quantity(quantities[k].name(), centre, Math.sqrt(between + within), quantities[k].quantiles());
    }
}
