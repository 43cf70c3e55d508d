package io.driftwood.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaParserTest {

    private static final List<String> NAMES = List.of("alpha", "beta[1]", "beta[2]");

    /** alpha = 0.5, beta = (2, -3), in 8 lanes of which only the last differs. */
    private static double evaluate(String text) {
        double[] columns = new double[24];
        double[] values = {0.5, 2, -3};
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < 8; i++) {
                columns[k * 8 + i] = i == 7 ? values[k] : 100 + i;
            }
        }
        double[] out = new double[8];
        FormulaParser.parse(text, NAMES).evaluate(columns, 8, out, new Scratch());
        return out[7];
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "exp(alpha) / (1 + exp(alpha)) | 0.6224593312018546", "sigmoid(alpha) | 0.6224593312018546", "-alpha^2 | -0.25", "(-alpha)^2 | 0.25",
        "beta[1] * beta[2] - 1 | -7", "beta[2]^3 | -27", "2^(-beta[1]) | 0.25", "beta[1]^(-2) | 0.25", "beta[1]^0.5 | 1.4142135623730951",
        "beta[1]^alpha | 1.4142135623730951", "max(alpha, beta[2]) + min(alpha, beta[2]) | -2.5", "sqrt(beta[1]) | 1.4142135623730951",
        "abs(beta[2]) | 3", "log(beta[1]) | 0.6931471805599453", "1e-3 * beta[1] | 0.002", "sin(pi / 6) | 0.5", "cos(pi / 3) | 0.5",
        "log1p(alpha) - log(1.5) | 0", "expm1(alpha) - exp(alpha) | -1", "lgamma(5) | 3.1780538303479458", "softplus(alpha) | 0.9740769841801067",
        "+alpha - - alpha | 1", "10 - 4 - 3 | 3", "2 ^ 3 ^ 2 | 512"})
    void formulasMeanWhatMathematiciansWrite(String text, double expected) {
        assertThat(evaluate(text)).isCloseTo(expected, within(1e-14 * Math.max(1, Math.abs(expected))));
    }

    @Test
    void outsideADomainTheResultIsNotANumber_neverAnException() {
        assertThat(evaluate("log(beta[2])")).isNaN();
        assertThat(evaluate("sqrt(beta[2])")).isNaN();
        assertThat(evaluate("1 / (alpha - alpha)")).isInfinite();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "exp(alfa) | did you mean alpha", "beta[3] | has no parameter beta[3]", "epx(alpha) | has no function epx", "alpha + | cannot be read",
        "alpha beta[1] | cannot be read", "max(alpha) | takes two arguments", "exp(1, 2) | takes one argument", "\"x\" | cannot use",
        "sqrt(alpha | cannot be read", "alpha > 1 | cannot be read", "0x10 | not a decimal number"})
    void whatCannotBeReadIsSaidInOneSentence(String text, String says) {
        assertThatThrownBy(() -> FormulaParser.parse(text, NAMES)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(says);
    }
}
