package io.driftwood.inference.model;

import io.driftwood.inference.model.bijector.CorrelationCholesky;
import io.driftwood.inference.model.bijector.LogisticTerm;
import java.util.ArrayList;
import java.util.List;

/**
 * The LKJ prior of a correlation matrix R through its {@link CorrelationCholesky}: density proportional to det(R)^(shape - 1). Its partial correlations
 * are independent: the one of row i and column j &lt; i (from 0), given the j before it, has (1 + w)/2 ~ Beta(b, b), b = shape + (K - 2 - j)/2.
 *
 * <p>Reference: [1] Lewandowski, Kurowicka and Joe (2009), J. Multivariate Analysis 100, 1989-2001, section 2.4 (the C-vine).
 * <br>Differs from [1]: nothing.
 */
public final class LkjPrior extends SeparablePrior {

    public LkjPrior(int order, double shape) { super(terms(order, shape)); }

    private static LogisticTerm[] terms(int order, double shape) {
        List<LogisticTerm> terms = new ArrayList<>();
        for (int i = 1; i < order; i++) {
            for (int j = 0; j < i; j++) {
                double b = shape + 0.5 * (order - 2 - j);
                terms.add(new LogisticTerm(b, b, 2, 0));
            }
        }
        return terms.toArray(LogisticTerm[]::new);
    }
}
