package io.driftwood.jobs.predict;

import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.FunctionDictionaryIfc;
import com.ezylang.evalex.config.MapBasedOperatorDictionary;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.functions.AbstractFunction;
import com.ezylang.evalex.functions.FunctionIfc;
import com.ezylang.evalex.functions.FunctionParameter;
import com.ezylang.evalex.operators.OperatorIfc;
import com.ezylang.evalex.operators.arithmetic.InfixDivisionOperator;
import com.ezylang.evalex.operators.arithmetic.InfixMinusOperator;
import com.ezylang.evalex.operators.arithmetic.InfixMultiplicationOperator;
import com.ezylang.evalex.operators.arithmetic.InfixPlusOperator;
import com.ezylang.evalex.operators.arithmetic.InfixPowerOfOperator;
import com.ezylang.evalex.operators.arithmetic.PrefixMinusOperator;
import com.ezylang.evalex.operators.arithmetic.PrefixPlusOperator;
import com.ezylang.evalex.parser.ASTNode;
import com.ezylang.evalex.parser.ParseException;
import com.ezylang.evalex.parser.Token;
import io.driftwood.inference.catalogue.Spelling;
import io.driftwood.inference.summary.Formula;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads a function of the parameters, such as {@code exp(alpha) / (1 + exp(alpha))}. EvalEx reads the text; what it read becomes
 * a {@link Formula}, which evaluates whole populations, where EvalEx itself computes one number at a time in decimal arithmetic.
 */
public final class FormulaParser {

    private static final Map<String, Formula.Function> FUNCTIONS = functions();
    private static final Map<String, Formula.Operation> PAIRS = Map.of("min", Formula.Operation.MIN, "max", Formula.Operation.MAX);
    private static final Map<String, Formula.Operation> OPERATORS = Map.of(
            "+", Formula.Operation.PLUS, "-", Formula.Operation.MINUS, "*", Formula.Operation.TIMES, "/", Formula.Operation.DIVIDED);

    private static final ExpressionConfiguration LANGUAGE = ExpressionConfiguration.builder()
            .operatorDictionary(MapBasedOperatorDictionary.ofOperators(
                    Map.entry("+", new InfixPlusOperator()), Map.entry("-", new InfixMinusOperator()),
                    Map.entry("*", new InfixMultiplicationOperator()), Map.entry("/", new InfixDivisionOperator()),
                    Map.entry("^", new InfixPowerOfOperator()), Map.entry("-", new PrefixMinusOperator()),
                    Map.entry("+", new PrefixPlusOperator())))
            .functionDictionary(new AnyFunction())
            // -x^2 is -(x^2), as mathematicians write.
            .powerOfPrecedence(OperatorIfc.OPERATOR_PRECEDENCE_POWER_HIGHER)
            .implicitMultiplicationAllowed(false)
            .structuresAllowed(false)
            .build();

    private final List<String> parameters;

    private FormulaParser(List<String> parameters) {
        this.parameters = parameters;
    }

    /**
     * @param parameters the names that may stand in the text, in the order of the columns
     * @throws IllegalArgumentException with one sentence that says what cannot be read
     */
    public static Formula parse(String text, List<String> parameters) {
        try {
            return new FormulaParser(parameters).read(new Expression(text, LANGUAGE).getAbstractSyntaxTree());
        } catch (ParseException e) {
            throw new IllegalArgumentException(
                    "cannot be read near '" + e.getTokenString() + "' at position " + e.getStartPosition() + ": " + e.getMessage(), e);
        }
    }

    private Formula read(ASTNode node) {
        Token token = node.getToken();
        List<ASTNode> parts = node.getParameters();
        return switch (token.getType()) {
            case NUMBER_LITERAL -> constant(token.getValue());
            case VARIABLE_OR_CONSTANT, ARRAY_INDEX -> column(nameOf(node));
            case PREFIX_OPERATOR -> token.getValue().equals("-")
                    ? new Formula.Apply(Formula.Function.NEGATE, read(parts.get(0)))
                    : read(parts.get(0));
            case INFIX_OPERATOR -> token.getValue().equals("^")
                    ? power(read(parts.get(0)), read(parts.get(1)))
                    : new Formula.Combine(OPERATORS.get(token.getValue()), read(parts.get(0)), read(parts.get(1)));
            case FUNCTION -> function(token.getValue().toLowerCase(Locale.ROOT), parts);
            default -> throw new IllegalArgumentException("cannot use " + token.getValue() + "; numbers, parameters and functions are allowed");
        };
    }

    private static Formula constant(String literal) {
        try {
            return new Formula.Constant(Double.parseDouble(literal));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(literal + " is not a decimal number", e);
        }
    }

    private Formula column(String name) {
        int index = parameters.indexOf(name);
        if (index >= 0) {
            return new Formula.Column(index);
        } else if (name.equalsIgnoreCase("pi")) {
            return new Formula.Constant(Math.PI);
        }
        String nearest = Spelling.nearest(name, parameters).map(word -> "; did you mean " + word + "?").orElse("");
        throw new IllegalArgumentException("has no parameter " + name + "; the parameters are " + String.join(", ", parameters) + nearest);
    }

    /** The entries of a group are named {@code group[1]}. */
    private static String nameOf(ASTNode node) {
        return node.getToken().getType() == Token.TokenType.ARRAY_INDEX
                ? node.getParameters().stream().map(FormulaParser::nameOf).collect(Collectors.joining("[")) + "]"
                : node.getToken().getValue();
    }

    private static Formula power(Formula base, Formula exponent) {
        Formula plain = exponent instanceof Formula.Apply negated && negated.function() == Formula.Function.NEGATE ? negated.argument() : exponent;
        if (plain instanceof Formula.Constant constant && constant.value() == Math.rint(constant.value()) && constant.value() <= 1024) {
            int n = (int) constant.value();
            return new Formula.Power(base, plain == exponent ? n : -n);
        }
        return new Formula.Apply(Formula.Function.EXP, new Formula.Combine(
                Formula.Operation.TIMES, exponent, new Formula.Apply(Formula.Function.LOG, base)));
    }

    private Formula function(String name, List<ASTNode> arguments) {
        Formula.Function function = FUNCTIONS.get(name);
        if (function != null && arguments.size() == 1) {
            return new Formula.Apply(function, read(arguments.get(0)));
        } else if (PAIRS.containsKey(name) && arguments.size() == 2) {
            return new Formula.Combine(PAIRS.get(name), read(arguments.get(0)), read(arguments.get(1)));
        }
        List<String> known = new ArrayList<>(FUNCTIONS.keySet());
        known.addAll(PAIRS.keySet());
        if (known.contains(name)) {
            throw new IllegalArgumentException(name + " takes " + (function != null ? "one argument" : "two arguments") + ", not " + arguments.size());
        }
        throw new IllegalArgumentException("has no function " + name + "; the functions are " + String.join(", ", known));
    }

    private static Map<String, Formula.Function> functions() {
        Map<String, Formula.Function> byName = new TreeMap<>();
        for (Formula.Function function : Formula.Function.values()) {
            byName.put(function.name().toLowerCase(Locale.ROOT), function);
        }
        byName.remove("negate");
        return byName;
    }

    /** Lets EvalEx read every function, so that an unknown one is told in our words. */
    private static final class AnyFunction implements FunctionDictionaryIfc {

        private static final FunctionIfc ANY = new Named();

        @Override
        public void addFunction(String name, FunctionIfc function) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FunctionIfc getFunction(String name) {
            return ANY;
        }
    }

    @FunctionParameter(name = "argument", isVarArg = true)
    private static final class Named extends AbstractFunction {
        @Override
        public EvaluationValue evaluate(Expression expression, Token token, EvaluationValue... arguments) {
            throw new UnsupportedOperationException("only the syntax tree is used");
        }
    }
}
