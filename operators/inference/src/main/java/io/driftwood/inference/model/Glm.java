package io.driftwood.inference.model;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Generalised linear model: the response is distributed by a {@link Family} around the linear predictor
 * eta = b_0 + sum_j b_j x'_j, x'_j the standardised features. Coefficients are called {@code intercept} and by their feature, and
 * are reported on the standardised scale, on which their priors are stated.
 *
 * <p>A data row is: response, the family's other numbers, then the design (1 for the intercept, x').
 *
 * <p>Cost of score or Hessian-vector product: two multiply-adds per particle, row and coefficient, and the family's functions. Work
 * goes in tiles of {@link #ROWS} rows x {@link #LANES} particles: the tile's linear predictors, its family's terms in place, and its
 * share of the score, all while the tile's columns are in the nearest cache. Allocates nothing after warm-up.
 */
public final class Glm implements Model {

    /** Tile sizes, by measurement. */
    static final int ROWS = LaneMath.TILE_ROWS;
    static final int LANES = LaneMath.TILE_LANES;
    /**
     * From this many rows on, a tile's columns are first copied side by side, unless they are: strides of a population are often powers of two, which
     * put all its columns in the same few lines of the nearest cache.
     */
    private static final int PACK_FROM = 8;
    /** Rows of one weight that are worth a block of their own. */
    private static final int LEAST_EQUAL = 8;

    public static final String INTERCEPT = "intercept";

    private final Family family;
    private final List<String> fields;
    private final Standardisation[] features;
    private final boolean intercept;
    private final int coefficients;
    private final Blocks blocks;

    /**
     * @param response the response's field
     * @param features the features' fields, in the order of the coefficients
     * @param standardise constants by feature; a feature without any is taken as it is
     * @param priors one block for each coefficient, the intercept first; all on the whole line
     */
    public Glm(Family family, String response, List<String> features, boolean intercept,
            Map<String, Standardisation> standardise, List<Block> priors) {
        this.family = family;
        this.fields = Stream.of(List.of(response), family.extraFields(), features).flatMap(List::stream).toList();
        this.features = features.stream().map(f -> standardise.getOrDefault(f, Standardisation.NONE)).toArray(Standardisation[]::new);
        this.intercept = intercept;
        this.coefficients = features.size() + (intercept ? 1 : 0);
        if (priors.size() != coefficients) {
            throw new IllegalArgumentException(coefficients + " coefficients need as many priors, not " + priors.size());
        }
        List<Block> all = new ArrayList<>(priors);
        all.addAll(family.blocks());
        this.blocks = new Blocks(all);
    }

    public Family family() { return family; }

    @Override
    public ParameterSpace parameters() { return blocks.space(); }

    @Override
    public List<String> fields() { return fields; }

    @Override
    public int rowWidth() { return family.rowHead() + coefficients; }

    @Override
    public boolean hasProperPrior() { return blocks.hasProperPrior(); }

    @Override
    public void encode(double[] values, double[] row) {
        family.encodeHead(values, row);
        int column = family.rowHead();
        int field = fields.size() - features.length;
        if (intercept) {
            row[column++] = 1;
        }
        for (Standardisation feature : features) {
            row[column++] = feature.apply(values[field++]);
        }
    }

    @Override
    public void samplePrior(Particles theta, Randomness random, long step, Scratch scratch) {
        blocks.samplePrior(theta, random, step, scratch);
    }

    @Override
    public void addLogPrior(Particles theta, double[] logDensity, double[] score, Scratch scratch) {
        blocks.addLogPrior(theta, logDensity, score, scratch);
    }

    @Override
    public void addPriorHessianVector(Particles theta, double[] v, double[] out, Scratch scratch) {
        blocks.addPriorHessianVector(theta, v, out, scratch);
    }

    @Override
    public void addLogLikelihood(Particles theta, Rows rows, int from, int to, double[] logDensity, double[] score, Scratch scratch) {
        int d = blocks.space().dimension();
        boolean pack = to - from >= PACK_FROM && theta.stride > LANES;
        int mark = scratch.mark();
        double[] eta = scratch.take(ROWS * LANES);
        double[] packedTheta = pack ? scratch.take(d * LANES) : theta.values;
        double[] packedScore = pack && score != null ? scratch.take(d * LANES) : score;
        for (int lane = 0; lane < theta.stride; lane += LANES) {
            int lanes = Math.min(LANES, theta.stride - lane);
            int stride = pack ? lanes : theta.stride;
            int column = pack ? 0 : lane;
            if (pack) {
                copyTile(theta.values, theta.stride, lane, packedTheta, lanes, 0, lanes, d);
                copyTile(score, theta.stride, lane, packedScore, lanes, 0, lanes, d);
            }
            for (int row = nextRow(rows, from, to); row < to;) {
                int end = endOfBlock(rows, row, to);
                scoreTile(packedTheta, stride, column, rows, row, end - row, lane, lanes, eta, logDensity, packedScore, scratch);
                row = nextRow(rows, end, to);
            }
            if (pack) {
                copyTile(packedScore, lanes, 0, score, theta.stride, lane, lanes, d);
            }
        }
        scratch.release(mark);
    }

    /** d columns of {@code lanes} lanes, from one stride and first lane to another; nothing where the source is null. */
    private static void copyTile(double[] from, int fromStride, int fromLane, double[] to, int toStride, int toLane, int lanes, int d) {
        for (int j = 0; from != null && j < d; j++) {
            System.arraycopy(from, j * fromStride + fromLane, to, j * toStride + toLane, lanes);
        }
    }

    /** Columns are those of {@code theta} and {@code score}, {@code stride} apart, from {@code column} on; {@code lane} counts in logDensity. */
    private void scoreTile(double[] theta, int stride, int column, Rows rows, int row, int rowCount, int lane, int lanes,
            double[] eta, double[] logDensity, double[] score, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int head = row * rows.width;
        int design = head + family.rowHead();
        int own = coefficients * stride + column;
        math.rowsTimesColumns(rows.values, design, rows.width, rowCount, coefficients, theta, stride, column, lanes, eta);
        family.addLogLikelihood(rows.values, head, rows.width, rows.weights, row, rowCount,
                theta, own, stride, lane, lanes, eta, logDensity, score, scratch);
        if (score != null) {
            math.addRowsTransposedTimes(rows.values, design, rows.width, rowCount, coefficients, eta, score, stride, column, lanes);
        }
    }

    @Override
    public void addLikelihoodHessianVector(Particles theta, double[] v, Rows rows, int from, int to, double[] out, Scratch scratch) {
        int d = blocks.space().dimension();
        boolean pack = theta.stride > LANES;
        int mark = scratch.mark();
        double[] eta = scratch.take(ROWS * LANES);
        double[] etaV = scratch.take(ROWS * LANES);
        double[] packedTheta = pack ? scratch.take(d * LANES) : theta.values;
        double[] packedV = pack ? scratch.take(d * LANES) : v;
        double[] packedOut = pack ? scratch.take(d * LANES) : out;
        for (int lane = 0; lane < theta.stride; lane += LANES) {
            int lanes = Math.min(LANES, theta.stride - lane);
            if (pack) {
                copyTile(theta.values, theta.stride, lane, packedTheta, lanes, 0, lanes, d);
                copyTile(v, theta.stride, lane, packedV, lanes, 0, lanes, d);
                copyTile(out, theta.stride, lane, packedOut, lanes, 0, lanes, d);
            }
            for (int row = nextRow(rows, from, to); row < to;) {
                int end = endOfBlock(rows, row, to);
                hessianTile(packedTheta, packedV, rows, row, end - row, lanes, eta, etaV, packedOut, scratch);
                row = nextRow(rows, end, to);
            }
            if (pack) {
                copyTile(packedOut, lanes, 0, out, theta.stride, lane, lanes, d);
            }
        }
        scratch.release(mark);
    }

    private void hessianTile(double[] theta, double[] v, Rows rows, int row, int rowCount, int lanes,
            double[] eta, double[] etaV, double[] out, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int head = row * rows.width;
        int design = head + family.rowHead();
        math.rowsTimesColumns(rows.values, design, rows.width, rowCount, coefficients, theta, lanes, 0, lanes, eta);
        math.rowsTimesColumns(rows.values, design, rows.width, rowCount, coefficients, v, lanes, 0, lanes, etaV);
        family.hessianVector(rows.values, head, rows.width, rows.weights, row, rowCount,
                theta, coefficients * lanes, lanes, 0, lanes, eta, etaV, v, out, scratch);
        math.addRowsTransposedTimes(rows.values, design, rows.width, rowCount, coefficients, etaV, out, lanes, 0, lanes);
    }

    /** The first row of weight other than 0 in [row, to), or {@code to}. Rows of weight 0 are passed over: they may say impossible things. */
    private static int nextRow(Rows rows, int row, int to) {
        int next = row;
        while (next < to && rows.weights[next] == 0) {
            next++;
        }
        return next;
    }

    /**
     * The end of the block of at most {@link #ROWS} rows of weight other than 0 that starts at {@code row}. A block is of one weight where
     * there are enough such rows, which is cheaper for some families: in a full history all but the newest.
     */
    private static int endOfBlock(Rows rows, int row, int to) {
        int limit = Math.min(to, row + ROWS);
        int equal = row + 1;
        while (equal < limit && rows.weights[equal] == rows.weights[row]) {
            equal++;
        }
        if (equal - row >= LEAST_EQUAL) {
            return equal;
        }
        int end = equal;
        while (end < limit && rows.weights[end] != 0) {
            end++;
        }
        return end;
    }

    @Override
    public void predictMean(Particles theta, double[] values, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] row = scratch.take(rowWidth());
        encode(values, row);
        int stride = theta.stride;
        LaneMath.get().rowsTimesColumns(row, family.rowHead(), rowWidth(), 1, coefficients, theta.values, stride, 0, stride, out);
        family.mean(theta.values, coefficients * stride, stride, values, out, scratch);
        scratch.release(mark);
    }

    @Override
    public void simulate(Particles theta, int particle, double[] values, Randomness random, long step, int iteration) {
        double[] row = new double[rowWidth()];
        encode(values, row);
        double eta = 0;
        for (int j = 0; j < coefficients; j++) {
            eta = Math.fma(row[family.rowHead() + j], theta.get(j, particle), eta);
        }
        values[0] = family.simulate(eta, theta.values, coefficients * theta.stride + particle, theta.stride, values, random, step, iteration);
    }

    /** Features as they would be in data with these standardisation constants: normal with their mean and sd. */
    @Override
    public void simulateCovariates(double[] values, Randomness random, long step) {
        family.simulateExtras(values, random, step);
        double[] z = new double[features.length];
        random.normals(step, Purpose.SIMULATE, Integer.MAX_VALUE, z, 0, z.length);
        int field = fields.size() - features.length;
        for (int j = 0; j < features.length; j++) {
            values[field + j] = features[j].mean() + features[j].sd() * z[j];
        }
    }
}
