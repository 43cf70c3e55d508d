package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.denoise.Denoised;
import io.driftwood.inference.denoise.DenoisingPrior;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.Quantity;
import java.util.List;

/**
 * One way of taking measurements up. What it remembers of a key is an array of numbers of fixed length; everything else here is what all keys share.
 * Owns buffers: one thread at a time.
 */
interface Recursion {

    int dimension();

    /** Components, or atoms, of the law of x. */
    int modes();

    /** Names of what summaries are of: the coordinates of x, then what else is unknown. */
    List<String> unknowns();

    /** Whether the evidence is log p(y_1..y_m), and no score of a memory that fades. */
    boolean keepsEvidence();

    /** Whether x changes between records, so that one without a measurement also counts. */
    default boolean movesWithTime() { return false; }

    /** The memory before the first measurement. */
    double[] start();

    /** Takes a measurement up, or back; the refusal, the evidence and the increment of the evidence are in the answer. After a refusal nothing has changed. */
    void step(double[] memory, Measurement y, Denoised out, Scratch scratch);

    /** The answer as the memory stands. */
    void answer(double[] memory, Denoised out, Scratch scratch);

    /** Adds what another memory has seen of the same x. */
    void merge(double[] memory, double[] other);

    /** What is to be told of every unknown, given the answer that belongs to the memory. */
    Quantity[] quantities(double[] memory, Denoised answer, MixtureQuantiles quantiles, Scratch scratch);

    /** Cov(x | y_1..y_m), row-major d x d. */
    void covariance(double[] memory, double[] covariance, Scratch scratch);

    /** Every particle becomes a draw of all unknowns given y_1..y_m. */
    void draw(double[] memory, Particles unknowns, Randomness random, long step, Scratch scratch);

    /**
     * The same with another law of x.
     *
     * @throws Learned.UnfitException if the law is bound into the memory
     */
    Recursion with(DenoisingPrior prior, Learned learned);
}
