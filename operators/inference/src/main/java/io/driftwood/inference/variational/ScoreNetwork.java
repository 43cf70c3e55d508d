package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * The residual network that MCD and LDVI were released with, on x = (z, rho', e_k), e_k twenty learned numbers for bridge k, w = dim x:
 * <pre>
 *   h1 = x + softplus(W1 x + b1),   h2 = h1 + softplus(W2 h1 + b2),   s = f (W3 h2 + b3)
 * </pre>
 * W3 and b3 are 0 to begin with, so that the map is. Weights as they are kept: W1, b1, W2, b2, W3, b3, e_1..e_K, f. About 2 w^2 + w d multiplications a path, and twice
 * as many for the adjoint.
 *
 * <p>Reference: [1] Geffner and Domke (2023), Langevin diffusion variational inference, and its code. Differs from [1]: there f
 * begins at 0 and not W3, which learns slower.
 */
final class ScoreNetwork implements Guide {

    private static final int EMBEDDED = 20;

    final int dimension;
    private final int bridges;
    final boolean momentum;
    final int width;
    final Dense first;
    final Dense second;
    final Dense last;
    private final NetworkMemory memory;
    private final double[] embeddingBar;
    private double[] weights;
    private int embedding;
    private double factorBar;

    ScoreNetwork(int dimension, int bridges, boolean momentum) {
        this.dimension = dimension;
        this.bridges = bridges;
        this.momentum = momentum;
        this.width = dimension * (momentum ? 2 : 1) + EMBEDDED;
        this.first = new Dense(width, width);
        this.second = new Dense(width, width);
        this.last = new Dense(dimension, width);
        this.memory = new NetworkMemory(this, bridges);
        this.embeddingBar = new double[EMBEDDED * bridges];
    }

    @Override
    public int parameters() { return 2 * first.parameters() + last.parameters() + EMBEDDED * bridges + 1; }

    @Override
    public void initialise(double[] flat, int offset, Randomness random) {
        double[] normals = new double[parameters()];
        random.normals(0, Purpose.START, 0, normals, 0, normals.length);
        System.arraycopy(normals, 0, flat, offset, normals.length);
        int at = first.scale(flat, offset);
        at = second.scale(flat, at);
        Arrays.fill(flat, at, at + last.parameters(), 0);
        at += last.parameters();
        for (int i = 0; i < EMBEDDED * bridges; i++) {
            flat[at + i] *= 0.05;
        }
        flat[offset + parameters() - 1] = 1;
    }

    @Override
    public void load(double[] flat, int offset) {
        weights = flat;
        embedding = last.load(flat, second.load(flat, first.load(flat, offset)));
        Arrays.fill(embeddingBar, 0);
        factorBar = 0;
        memory.forget();
    }

    @Override
    public void rememberRuns() { memory.rememberRuns(); }

    @Override
    public void addGradient(double[] flat, int offset) {
        int at = last.addGradient(flat, second.addGradient(flat, first.addGradient(flat, offset)));
        LaneMath.get().axpy(1, embeddingBar, 0, flat, at, embeddingBar.length);
        flat[at + embeddingBar.length] += factorBar;
    }

    private double factor() { return weights[embedding + embeddingBar.length]; }

    /** Fills the rows of e_k in columns of x. */
    void embed(int bridge, double[] x, int lanes) {
        for (int e = 0; e < EMBEDDED; e++) {
            int row = (width - EMBEDDED + e) * lanes;
            Arrays.fill(x, row, row + lanes, weights[embedding + bridge * EMBEDDED + e]);
        }
    }

    @Override
    public void value(Leg leg, double[] position, double[] rho, double[] score, double[] out, Scratch scratch) {
        double factor = factor();
        for (int lane = 0; lane < leg.stride; lane += LaneMath.TILE_LANES) {
            NetworkPass pass = memory.pass(leg, lane, position, rho);
            for (int j = 0; j < dimension; j++) {
                int from = j * pass.lanes;
                int to = j * leg.stride + lane;
                for (int i = 0; i < pass.lanes; i++) {
                    out[to + i] = factor * pass.out[from + i];
                }
            }
        }
    }

    @Override
    public void reverse(Leg leg, double[] position, double[] rho, double[] score, double[] cotangent,
            double[] positionBar, double[] momentumBar, double[] scoreBar, double[] share, Scratch scratch) {
        for (int lane = 0; lane < leg.stride; lane += LaneMath.TILE_LANES) {
            int mark = scratch.mark();
            NetworkPass pass = memory.pass(leg, lane, position, rho);
            int counted = Math.min(pass.lanes, leg.size - lane);
            double[] bar = pass.reverse(scale(pass, cotangent, leg.stride, lane, counted, share, scratch), counted, share, lane, scratch);
            Columns.addBlock(bar, 0, pass.lanes, positionBar, leg.stride, lane, dimension);
            if (momentum) {
                Columns.addBlock(bar, dimension, pass.lanes, momentumBar, leg.stride, lane, dimension);
            }
            for (int e = 0; e < EMBEDDED; e++) {
                embeddingBar[leg.index * EMBEDDED + e] += LaneMath.get().dot(share, lane, bar, (width - EMBEDDED + e) * pass.lanes, counted);
            }
            scratch.release(mark);
        }
    }

    /** The cotangent of s becomes that of W3 h2 + b3, with the gradient of f. */
    private double[] scale(NetworkPass pass, double[] cotangent, int stride, int lane, int counted, double[] share, Scratch scratch) {
        double[] outBar = scratch.take(dimension * pass.lanes);
        double factor = factor();
        for (int j = 0; j < dimension; j++) {
            for (int i = 0; i < pass.lanes; i++) {
                double c = cotangent[j * stride + lane + i];
                outBar[j * pass.lanes + i] = factor * c;
                factorBar += i < counted ? share[lane + i] * c * pass.out[j * pass.lanes + i] : 0;
            }
        }
        return outBar;
    }
}
