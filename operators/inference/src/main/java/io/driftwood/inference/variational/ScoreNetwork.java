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

    private final int dimension;
    private final int bridges;
    private final boolean momentum;
    private final int width;
    private final Dense first;
    private final Dense second;
    private final Dense last;
    private final double[] embedding;
    private final double[] embeddingBar;
    private double factor;
    private double factorBar;
    /** The layers of the latest value, for the adjoint that follows it; of few paths only, so that it fits. */
    private final Scratch kept = new Scratch();
    private Block latest;

    ScoreNetwork(int dimension, int bridges, boolean momentum) {
        this.dimension = dimension;
        this.bridges = bridges;
        this.momentum = momentum;
        this.width = dimension * (momentum ? 2 : 1) + EMBEDDED;
        this.first = new Dense(width, width);
        this.second = new Dense(width, width);
        this.last = new Dense(dimension, width);
        this.embedding = new double[EMBEDDED * bridges];
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
        int at = first.load(flat, offset);
        at = second.load(flat, at);
        at = last.load(flat, at);
        System.arraycopy(flat, at, embedding, 0, embedding.length);
        factor = flat[at + embedding.length];
        Arrays.fill(embeddingBar, 0);
        factorBar = 0;
    }

    @Override
    public void addGradient(double[] flat, int offset) {
        int at = first.addGradient(flat, offset);
        at = second.addGradient(flat, at);
        at = last.addGradient(flat, at);
        LaneMath.get().axpy(1, embeddingBar, 0, flat, at, embedding.length);
        flat[at + embedding.length] += factorBar;
    }

    @Override
    public void value(Leg leg, double[] position, double[] rho, double[] score, double[] out, Scratch scratch) {
        for (int lane = 0; lane < leg.stride; lane += LaneMath.TILE_LANES) {
            Block block = new Block(leg, lane, position, rho, kept);
            latest = block;
            for (int j = 0; j < dimension; j++) {
                for (int i = 0; i < block.lanes; i++) {
                    out[j * leg.stride + lane + i] = factor * block.out[j * block.lanes + i];
                }
            }
            kept.release(0);
        }
    }

    @Override
    public void reverse(Leg leg, double[] position, double[] rho, double[] score, double[] cotangent,
            double[] positionBar, double[] momentumBar, double[] scoreBar, double[] share, Scratch scratch) {
        int mark = scratch.mark();
        for (int lane = 0; lane < leg.stride; lane += LaneMath.TILE_LANES) {
            Block block = leg.stride <= LaneMath.TILE_LANES ? latest : new Block(leg, lane, position, rho, scratch);
            double[] x = block.reverse(cotangent, share, scratch);
            block.scatter(x, 0, positionBar);
            if (momentum) {
                block.scatter(x, dimension, momentumBar);
            }
            scratch.release(mark);
        }
    }

    /** The layers at some of the paths, as columns of at most TILE_LANES. */
    private final class Block {

        private final Leg leg;
        private final int lane;
        final int lanes;
        private final int counted;
        private final double[] x;
        private final double[] slope1;
        private final double[] h1;
        private final double[] slope2;
        private final double[] h2;
        final double[] out;

        Block(Leg leg, int lane, double[] position, double[] rho, Scratch scratch) {
            this.leg = leg;
            this.lane = lane;
            this.lanes = Math.min(LaneMath.TILE_LANES, leg.stride - lane);
            this.counted = Math.min(lanes, leg.size - lane);
            this.x = scratch.take(width * lanes);
            this.slope1 = scratch.take(width * lanes);
            this.h1 = scratch.take(width * lanes);
            this.slope2 = scratch.take(width * lanes);
            this.h2 = scratch.take(width * lanes);
            this.out = scratch.take(dimension * lanes);
            gather(position, 0);
            if (momentum) {
                gather(rho, dimension);
            }
            for (int e = 0; e < EMBEDDED; e++) {
                int row = (width - EMBEDDED + e) * lanes;
                Arrays.fill(x, row, row + lanes, embedding[leg.index * EMBEDDED + e]);
            }
            residual(first, x, slope1, h1);
            residual(second, h1, slope2, h2);
            last.apply(h2, out, lanes);
        }

        private void gather(double[] columns, int row) {
            for (int j = 0; j < dimension; j++) {
                System.arraycopy(columns, j * leg.stride + lane, x, (row + j) * lanes, lanes);
            }
        }

        /** h = in + softplus(W in + b), and the slope of the softplus. */
        private void residual(Dense layer, double[] in, double[] slope, double[] h) {
            layer.apply(in, slope, lanes);
            LaneMath.get().softplusAndSigmoid(slope, 0, h, 0, slope, 0, width * lanes);
            LaneMath.get().axpy(1, in, 0, h, 0, width * lanes);
        }

        /** The cotangent of x. */
        double[] reverse(double[] cotangent, double[] share, Scratch scratch) {
            double[] outBar = scratch.take(dimension * lanes);
            for (int j = 0; j < dimension; j++) {
                for (int i = 0; i < lanes; i++) {
                    double c = cotangent[j * leg.stride + lane + i];
                    outBar[j * lanes + i] = factor * c;
                    factorBar += i < counted ? share[lane + i] * c * out[j * lanes + i] : 0;
                }
            }
            double[] bar = scratch.take(width * lanes);
            Arrays.fill(bar, 0, width * lanes, 0);
            last.reverse(outBar, h2, bar, lanes, counted, share, lane, scratch);
            reverse(second, slope2, h1, bar, share, scratch);
            reverse(first, slope1, x, bar, share, scratch);
            for (int e = 0; e < EMBEDDED; e++) {
                embeddingBar[leg.index * EMBEDDED + e] += LaneMath.get().dot(share, lane, bar, (width - EMBEDDED + e) * lanes, counted);
            }
            return bar;
        }

        /** bar, of h, becomes that of what went in. */
        private void reverse(Dense layer, double[] slope, double[] in, double[] bar, double[] share, Scratch scratch) {
            double[] inner = scratch.take(width * lanes);
            for (int i = 0; i < width * lanes; i++) {
                inner[i] = bar[i] * slope[i];
            }
            layer.reverse(inner, in, bar, lanes, counted, share, lane, scratch);
        }

        void scatter(double[] bar, int row, double[] columns) {
            for (int j = 0; j < dimension; j++) {
                LaneMath.get().axpy(1, bar, (row + j) * lanes, columns, j * leg.stride + lane, lanes);
            }
        }
    }
}
