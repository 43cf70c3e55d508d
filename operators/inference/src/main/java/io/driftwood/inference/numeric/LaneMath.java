package io.driftwood.inference.numeric;

/**
 * Every hot operation over lanes (particles), once. Two implementations, {@code PlainLaneMath} and {@code VectorLaneMath},
 * give the same bits for the same input: elementwise functions are fma polynomials evaluated in one fixed order, and
 * reductions add in blocks of 8 lanes (lane l of block b goes to partial sum l; the partial sums are added pairwise,
 * ((0+4)+(2+6))+((1+5)+(3+7))), whatever the width of the hardware. What is not a number comes out of elementwise functions and
 * reductions as the canonical NaN; the linear pieces pass on whatever NaN they meet.
 *
 * <p>Largest errors against 50-digit arithmetic, in units in the last place (tested): exp 1, expm1 1.5, log 1, log1p 1, sigmoid 2 in both
 * tails, softplus 1.5, sin and cos 1 up to 2^20, logGamma 5 (relative, also next to its zeros at 1 and 2).
 *
 * <p>Ranges are {@code [offset, offset + n)}. Unless said otherwise {@code out} may be the same array and offset as {@code in},
 * {@code n} need not be a multiple of 8, and nothing is allocated.
 */
public interface LaneMath {

    /** The implementation chosen once at start: vectors where {@code jdk.incubator.vector} is present and the machine's hold four doubles, plain otherwise. */
    static LaneMath get() { return LaneMathHolder.CHOSEN; }

    /**
     * A given implementation, for comparisons.
     *
     * @param implementation {@code plain}, {@code vector} (an error without the module), or empty for what {@link #get} gives by default
     */
    static LaneMath named(String implementation) { return LaneMathHolder.choose(implementation); }

    /** {@code "vector (512 bit)"} or {@code "plain"}, for the first line a run prints. */
    String name();

    // ---- elementwise: out[i] = f(in[i]) ----

    void exp(double[] in, int inOffset, double[] out, int outOffset, int n);

    void expm1(double[] in, int inOffset, double[] out, int outOffset, int n);

    void log(double[] in, int inOffset, double[] out, int outOffset, int n);

    void log1p(double[] in, int inOffset, double[] out, int outOffset, int n);

    /** 1/(1+e^-x), without overflow, to full relative precision in both tails. */
    void sigmoid(double[] in, int inOffset, double[] out, int outOffset, int n);

    /** log(1+e^x), without overflow. */
    void softplus(double[] in, int inOffset, double[] out, int outOffset, int n);

    /** Both, for less than their sum: log-likelihood and residual of a logistic response. Either output may be the input. */
    void softplusAndSigmoid(double[] in, int inOffset, double[] softplusOut, int softplusOffset, double[] sigmoidOut, int sigmoidOffset, int n);

    /** sin and cos together; {@code |x| <= 2^20} to stated ulp, NaN beyond (no kernel here needs more). */
    void sinCos(double[] in, int inOffset, double[] sinOut, int sinOffset, double[] cosOut, int cosOffset, int n);

    /** log Gamma(x) for x &gt; 0; NaN otherwise. */
    void logGamma(double[] in, int inOffset, double[] out, int outOffset, int n);

    // ---- reductions, in fixed blocks of 8 ----

    double sum(double[] a, int offset, int n);

    double dot(double[] a, int aOffset, double[] b, int bOffset, int n);

    /** Sum of w[i] * (a[i] - centre)^2. */
    double weightedSquares(double[] w, int wOffset, double[] a, int aOffset, double centre, int n);

    /** Sum of w[i] * (a[i] - ca) * (b[i] - cb). */
    double weightedProducts(double[] w, int wOffset, double[] a, int aOffset, double ca, double[] b, int bOffset, double cb, int n);

    /** The largest element; NaN elements are ignored; negative infinity when there is none. */
    double max(double[] a, int offset, int n);

    /** log of the sum of e^a[i], max-subtracted; negative infinity for an empty or all -inf range; NaN elements count as -inf. */
    double logSumExp(double[] a, int offset, int n);

    // ---- linear pieces ----

    /** y += alpha * x. */
    void axpy(double alpha, double[] x, int xOffset, double[] y, int yOffset, int n);

    /** y = alpha * x + beta * y. */
    void axpby(double alpha, double[] x, int xOffset, double beta, double[] y, int yOffset, int n);

    /** y += x * z elementwise. */
    void multiplyAdd(double[] x, int xOffset, double[] z, int zOffset, double[] y, int yOffset, int n);

    /**
     * Tile of data rows x lanes that {@link #rowsTimesColumns} and {@link #addRowsTransposedTimes} are best called with: the tile and its columns
     * stay in the nearest caches up to some 40 features. Smaller ones at the edges are right at any size and only slower.
     */
    int TILE_ROWS = 32;
    int TILE_LANES = 64;

    /**
     * out[r*lanes + l] = sum_j rows[rowOffset + r*rowWidth + j] * columns[j*stride + lane + l]: the linear predictors of
     * {@code rowCount} data rows for {@code lanes} particles, j = 0..d-1, one fma chain in ascending j. {@code lanes} is a multiple of 8.
     */
    void rowsTimesColumns(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] columns, int stride, int lane, int lanes, double[] out);

    /**
     * columns[j*stride + lane + l] += sum_r rows[rowOffset + r*rowWidth + j] * residuals[r*lanes + l]: the score of a linear
     * predictor, one fma chain in ascending r that starts from the old value. {@code lanes} is a multiple of 8.
     */
    void addRowsTransposedTimes(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] residuals, double[] columns, int stride, int lane, int lanes);

    /**
     * out column i (+)= sum_{j<=i} lower[i*d + j] * in column j, for all lanes: a dense lower-triangular d x d row-major matrix
     * applied to every particle. {@code in} and {@code out} must differ. {@code lanes} is a multiple of 8.
     */
    void lowerTimesColumns(double[] lower, int d, double[] in, double[] out, int stride, int lanes);

    /** The same with the transpose: out column i = sum_{j>=i} lower[j*d + i] * in column j. */
    void lowerTransposedTimesColumns(double[] lower, int d, double[] in, double[] out, int stride, int lanes);

    /** Numbers that {@link #symmetricProducts} needs for its partial sums. */
    int PARTIAL = 128;

    /**
     * out[j*d + k] = out[k*d + j] = sum_i a[j*stride + i] * b[k*stride + i] for k &lt;= j &lt; d and i in [0, n), each in fixed blocks of 8: a
     * weighted covariance, when a are the weighted and b the plain centred columns. {@code n} is a multiple of 8; a and b have room for d
     * rounded up to a multiple of 4 columns, and what is in the room beyond d does not matter.
     *
     * @param partial at least {@link #PARTIAL} numbers, overwritten
     */
    void symmetricProducts(double[] a, double[] b, int d, int stride, int n, double[] partial, double[] out);

    /**
     * out column i += factor * sum_{j<=i} lower[i*d + j] * in column j: one fma chain in ascending j, then one fma by factor.
     * {@code in} and {@code out} must differ; {@code tile} is a buffer of at least {@code d * TILE_LANES}. {@code lanes} is a multiple of 8.
     */
    void addLowerTimesColumns(double factor, double[] lower, int d, double[] in, double[] out, int stride, int lanes, double[] tile);

    /** The same with the transpose: out column i += factor * sum_{j>=i} lower[j*d + i] * in column j. */
    void addLowerTransposedTimesColumns(double factor, double[] lower, int d, double[] in, double[] out, int stride, int lanes, double[] tile);

    /** out[l] += factor * sum_{j<d} a[j*stride + l]^2 for l in [0, lanes): one fma chain in ascending j, then one fma by factor. {@code lanes} is a multiple of 8. */
    void addColumnSquares(double[] a, int d, int stride, int lanes, double factor, double[] out);

    /** out[outOffset + l] = chosen[l] != 0 ? in[inOffset + l] : out[outOffset + l]. */
    void select(double[] chosen, double[] in, int inOffset, double[] out, int outOffset, int n);

    /**
     * The logistic likelihood of a tile of responses y in {0, 1}, {@code y = rows[rowOffset + r*rowWidth]}, up to one logarithm a
     * lane: over its rows, in ascending order,
     * <pre>
     *   linear[l]  = sum_r (y_r - 1/2) eta_rl - |eta_rl|/2,   product[l] = prod_r (1 + e^-|eta_rl|),
     *   sum_r y_r eta_rl - softplus(eta_rl) = linear[l] - log product[l],   eta_rl becomes y_r - sigmoid(eta_rl)
     * </pre>
     * product is at most 2^rowCount, {@code rowCount <= 1000}. To the absolute precision of a sum of log-densities; a single tiny
     * softplus loses relative precision. {@code lanes} is a multiple of 8.
     */
    void logisticTile(double[] rows, int rowOffset, int rowWidth, int rowCount, double[] eta, int lanes, double[] linear, double[] product);

    /**
     * Conditions {@code count} normals without correlations, each on factors e^(-L_j (x_j - c_j)^2 / 2) of the coordinates j in [0, stride), where
     * {@code stride} is a multiple of 8: with m, s the mean and variance of coordinate j of normal k at [k*stride + j],
     * <pre>
     *   t = 1 + s L     within = s / t     pull = L (c - m) / t     conditional = m + s pull
     *   products[k*P + (j / 16)*8 + j % 8] = the product of t over the one or two j that share this place,   P = 8 ceil(stride / 16)
     *   squares[k*8 + j % 8] = the sum of pull (c - m) over the j that share this place
     * </pre>
     * The product is infinite where two t are too large, and the caller then looks at them one by one.
     */
    void conditionNormals(double[] variances, double[] means, double[] precision, double[] centre, int count, int stride,
            double[] conditional, double[] within, double[] products, double[] squares);

    /**
     * Mean and variances of a mixture of {@code count} normals in {@code stride} coordinates, a multiple of 8, laid out as in {@link #conditionNormals}:
     * sum_k w_k m_kj and sum_k w_k (v_kj + (m_kj - mean_j)^2), one fma chain each in ascending k.
     */
    void mixtureMoments(double[] weights, int count, int stride, double[] conditional, double[] within, double[] mean, double[] variances);

    // ---- random numbers; see random.Randomness for the addressing ----

    /**
     * Philox4x32-10 in bulk. Block b (of 16 outputs) uses counters with first word 8*b..8*b+7 (unsigned 32 bit) and other words
     * c1, c2, c3, key (k0, k1); the counter of lane l gives words (w0,w1,w2,w3) and from them two uniforms on (0,1),
     * u = ((w0 | w1 &lt;&lt; 32) &gt;&gt;&gt; 12) * 2^-52 + 2^-53 and the same of (w2, w3), stored at out[16b + l] and out[16b + 8 + l].
     * Writes exactly n numbers.
     */
    void uniforms(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int n);

    /** The first of {@link #uniforms}, for decisions taken once per population. */
    static double uniform(int k0, int k1, int c1, int c2, int c3) { return ScalarPhilox.first(k0, k1, c1, c2, c3); }

    /** Standard normals by Box-Muller from the two uniforms of each counter: r cos(2 pi u2) at l, r sin(2 pi u2) at 8 + l, r = sqrt(-2 log u1). */
    void normals(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int n);
}
