package io.driftwood.bench;

import java.util.SplittableRandom;

/**
 * The residual network of the published Langevin paths for one path at a time, as a textbook writes it: h1 = x + softplus(W1 x + b1),
 * h2 = h1 + softplus(W2 h1 + b2), s = W3 h2 + b3, x the position, the momentum and twenty numbers of the bridge; with its adjoint.
 */
final class PlainNetwork {

    private static final int EMBEDDED = 20;

    private final int d;
    private final int width;
    /** Rows with the offset last. */
    private final double[][][] layers;
    private final double[][][] gradients;
    private final double[][] embedding;
    private final double[][] embeddingBar;
    private final double[][] hidden;
    private final double[][] slopes;

    PlainNetwork(int d, int bridges) {
        this.d = d;
        this.width = 2 * d + EMBEDDED;
        this.layers = new double[][][] {new double[width][width + 1], new double[width][width + 1], new double[d][width + 1]};
        this.gradients = new double[][][] {new double[width][width + 1], new double[width][width + 1], new double[d][width + 1]};
        this.embedding = new double[bridges][EMBEDDED];
        this.embeddingBar = new double[bridges][EMBEDDED];
        this.hidden = new double[3][width];
        this.slopes = new double[2][width];
        SplittableRandom random = new SplittableRandom(2);
        for (int l = 0; l < 2; l++) {
            for (double[] row : layers[l]) {
                for (int j = 0; j < width; j++) {
                    row[j] = random.nextDouble(-1, 1) / Math.sqrt(width);
                }
            }
        }
    }

    /** out = s(z, rho, bridge). */
    void value(double[] z, double[] rho, int bridge, double[] out) {
        System.arraycopy(z, 0, hidden[0], 0, d);
        System.arraycopy(rho, 0, hidden[0], d, d);
        System.arraycopy(embedding[bridge], 0, hidden[0], 2 * d, EMBEDDED);
        for (int l = 0; l < 2; l++) {
            for (int r = 0; r < width; r++) {
                double a = product(layers[l][r], hidden[l]);
                hidden[l + 1][r] = hidden[l][r] + Math.max(0, a) + Math.log1p(Math.exp(-Math.abs(a)));
                slopes[l][r] = 1 / (1 + Math.exp(-a));
            }
        }
        for (int r = 0; r < d; r++) {
            out[r] = product(layers[2][r], hidden[2]);
        }
    }

    private double product(double[] row, double[] in) {
        double sum = row[width];
        for (int j = 0; j < width; j++) {
            sum += row[j] * in[j];
        }
        return sum;
    }

    /** Adds to the cotangents of z and rho what that of the latest value amounts to, and to the gradient of all weights. */
    void reverse(double[] cotangent, int bridge, double[] zBar, double[] rhoBar) {
        double[] bar = new double[width];
        add(2, cotangent, bar);
        for (int l = 1; l >= 0; l--) {
            double[] inner = new double[width];
            for (int r = 0; r < width; r++) {
                inner[r] = bar[r] * slopes[l][r];
            }
            add(l, inner, bar);
        }
        for (int j = 0; j < d; j++) {
            zBar[j] += bar[j];
            rhoBar[j] += bar[d + j];
        }
        for (int e = 0; e < EMBEDDED; e++) {
            embeddingBar[bridge][e] += bar[2 * d + e];
        }
    }

    /** inBar += W^T bar, and the layer's gradient += bar (in, 1)^T. */
    private void add(int layer, double[] bar, double[] inBar) {
        for (int r = 0; r < bar.length; r++) {
            double[] row = layers[layer][r];
            double[] gradient = gradients[layer][r];
            for (int j = 0; j < width; j++) {
                inBar[j] += row[j] * bar[r];
                gradient[j] += bar[r] * hidden[layer][j];
            }
            gradient[width] += bar[r];
        }
    }

    /** A step uphill along the gradient, which begins anew. */
    void climb(double rate) {
        for (int l = 0; l < layers.length; l++) {
            climb(layers[l], gradients[l], rate);
        }
        climb(embedding, embeddingBar, rate);
    }

    private static void climb(double[][] weights, double[][] gradient, double rate) {
        for (int r = 0; r < weights.length; r++) {
            for (int j = 0; j < weights[r].length; j++) {
                weights[r][j] += rate * gradient[r][j];
                gradient[r][j] = 0;
            }
        }
    }
}
