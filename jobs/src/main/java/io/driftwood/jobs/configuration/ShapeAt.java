package io.driftwood.jobs.configuration;

import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What may stand at a place of a configuration that is not complete yet; {@code anything} where that is not known. */
final class ShapeAt {

    private ShapeAt() {}

    /** @param map what stands around the key: its type, where it has one, says which keys there are */
    static Shape key(Shape around, Map<?, ?> map, String key) {
        if (around instanceof Shape.Struct struct) {
            return among(struct.options().stream(), key);
        } else if (around instanceof Shape.Variant variant) {
            List<? extends Entry<?>> entries = variant.catalogue().find(String.valueOf(map.get("type"))).<List<? extends Entry<?>>>map(List::of)
                    .orElse(variant.catalogue().entries());
            return among(entries.stream().flatMap(entry -> entry.options().stream()), key);
        } else if (around instanceof Shape.MapOf values) {
            return values.value();
        } else if (around instanceof Shape.Either either) {
            return firstKnown(either.alternatives().stream().map(alternative -> key(alternative, map, key)));
        }
        return Shape.anything();
    }

    static Shape element(Shape list) {
        if (list instanceof Shape.Either either) {
            return firstKnown(either.alternatives().stream().map(ShapeAt::element));
        }
        return list instanceof Shape.ListOf elements ? elements.element() : Shape.anything();
    }

    /** Whether a lone word stands for {@code {type: word}}. */
    static boolean isVariant(Shape shape) {
        return shape instanceof Shape.Variant || shape instanceof Shape.Either either && either.alternatives().stream().anyMatch(ShapeAt::isVariant);
    }

    private static Shape among(Stream<Option> options, String key) {
        return firstKnown(options.filter(option -> option.name().equals(key)).map(Option::shape));
    }

    private static Shape firstKnown(Stream<Shape> shapes) {
        return shapes.filter(shape -> !Objects.equals(shape, Shape.anything())).findFirst().orElse(Shape.anything());
    }
}
