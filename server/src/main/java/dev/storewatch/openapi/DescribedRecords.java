package dev.storewatch.openapi;

import java.lang.annotation.Annotation;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/** The records that requests and answers are made of, by the names of their schemas. */
final class DescribedRecords {
  private final SchemaNames names = new SchemaNames();
  private final Map<String, Class<?>> byName = new TreeMap<>();

  private DescribedRecords() {}

  /** Returns the records of handlers: those that their types and their annotations lead to. */
  static Map<String, Class<?>> of(Collection<HandlerMethod> handlers) {
    DescribedRecords records = new DescribedRecords();
    handlers.forEach(records::add);
    return records.byName;
  }

  private void add(HandlerMethod handler) {
    add(handler.getMethod().getGenericReturnType());
    // Those too that stand on an annotation which several handlers share.
    MergedAnnotations.from(handler.getMethod()).stream()
        .map(MergedAnnotation::synthesize)
        .forEach(this::addNamed);
    for (Parameter parameter : handler.getMethod().getParameters()) {
      if (parameter.isAnnotationPresent(RequestBody.class)) {
        add(parameter.getParameterizedType());
      }
    }
  }

  private void add(Type type) {
    switch (type) {
      case Class<?> array when array.isArray() -> add(array.getComponentType());
      case Class<?> record when record.isRecord() -> addRecord(record);
      case ParameterizedType generic -> {
        add(generic.getRawType());
        addAll(generic.getActualTypeArguments());
      }
      case WildcardType any -> addAll(any.getUpperBounds());
      case GenericArrayType array -> add(array.getGenericComponentType());
      default -> {}
    }
  }

  private void addAll(Type[] types) {
    for (Type type : types) {
      add(type);
    }
  }

  private void addRecord(Class<?> record) {
    String name = names.nameForClass(record, Set.of());
    Class<?> other = byName.putIfAbsent(name, record);
    if (other == record) {
      return;
    }
    if (other != null) {
      throw new IllegalStateException(
          "%s and %s would both be called %s in the description of the interface"
              .formatted(other, record, name));
    }
    for (RecordComponent component : record.getRecordComponents()) {
      add(component.getGenericType());
      addNamed(component.getAccessor().getAnnotations());
    }
  }

  /** Adds the records that an annotation names, however deep inside it. */
  private void addNamed(@Nullable Object value) {
    switch (value) {
      case Class<?> type -> add(type);
      case Annotation annotation ->
          AnnotationUtils.getAnnotationAttributes(annotation).values().forEach(this::addNamed);
      case Object[] several -> {
        for (Object each : several) {
          addNamed(each);
        }
      }
      case null, default -> {}
    }
  }
}
