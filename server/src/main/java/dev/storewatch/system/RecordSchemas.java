package dev.storewatch.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says of the records that requests and answers are made of which fields may be null, and that all
 * others are there: what {@code @Nullable} says to the compiler.
 */
@SuppressWarnings("rawtypes") // as the library's own signatures are
final class RecordSchemas implements ModelConverter {
  private final Map<String, Class<?>> records = new ConcurrentHashMap<>();

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
    if (!others.hasNext()) {
      return null;
    }
    Schema<?> schema = others.next().resolve(type, context, others);
    JavaType java = Json31.mapper().constructType(type.getType());
    if (java != null && java.getRawClass().isRecord() && schema != null) {
      note(java.getRawClass(), schema);
    }
    return schema;
  }

  private void note(Class<?> record, Schema<?> schema) {
    String reference = schema.get$ref();
    String name =
        reference == null ? schema.getName() : reference.substring(reference.lastIndexOf('/') + 1);
    if (name != null) {
      Class<?> other = records.put(name, record);
      if (other != null && other != record) {
        throw new IllegalStateException(
            "%s and %s would both be called %s in the description of the interface"
                .formatted(other, record, name));
      }
    }
  }

  @Override
  public boolean isOpenapi31() {
    return true;
  }

  /** Completes the schemas of the records that were met. */
  void complete(Map<String, Schema> schemas) {
    records.forEach(
        (name, record) -> {
          Schema<?> schema = schemas.get(name);
          if (schema != null && schema.getProperties() != null) {
            complete(schema, record);
          }
        });
  }

  private static void complete(Schema<?> schema, Class<?> record) {
    Map<String, Schema> properties = new TreeMap<>(schema.getProperties());
    for (RecordComponent component : record.getRecordComponents()) {
      String name = name(component);
      Schema<?> property = properties.get(name);
      if (property == null) {
        continue;
      }
      if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        schema.getProperties().put(name, orNull(property));
      } else {
        schema.addRequiredItem(name);
      }
    }
  }

  private static String name(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty()
        ? snakeCase(component.getName())
        : named.value();
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static Schema<?> orNull(Schema<?> property) {
    if (property.get$ref() == null) {
      property.addType("null");
      return property;
    }
    Schema<Object> none = new Schema<>();
    none.addType("null");
    Schema<Object> either = new Schema<>();
    either.setAnyOf(List.of(property, none));
    return either;
  }
}
