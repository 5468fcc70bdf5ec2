using System.Collections.Immutable;
using System.Reflection;

namespace SnpLive.Tests.Conformance;

/// <summary>Walks through messages, what they contain, and what is derived from them, and notes what breaks the rules.</summary>
internal sealed class MessageContract(IReadOnlyCollection<Type> candidates)
{
    private static readonly HashSet<Type> Simple =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(char), typeof(string), typeof(Guid), typeof(DateTimeOffset),
        typeof(DateOnly), typeof(TimeOnly),
    ];

    private readonly HashSet<Type> seen = [];
    private readonly List<string> wrong = [];

    public IReadOnlyList<string> Wrong => wrong;

    public IEnumerable<Type> Records => seen.Where(IsRecord);

    public void Visit(Type type, string where)
    {
        if (Simple.Contains(type) || type.IsEnum || GrainContract.IsContract(type)) return;
        if (type.IsGenericType && Wrapped(type) is { } inner)
        {
            Visit(inner, where);
            return;
        }

        if (!IsRecord(type))
        {
            wrong.Add($"{where}: {type.Name} is not of the closed set of message types");
            return;
        }

        if (seen.Add(type)) VisitRecord(type);
    }

    private static Type? Wrapped(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        return definition == typeof(ImmutableArray<>) || definition == typeof(Nullable<>) ? type.GetGenericArguments()[0] : null;
    }

    /// <summary>Record classes have this method; nothing else in C# can.</summary>
    private static bool IsRecord(Type type) => type.IsClass && type.GetMethod("<Clone>$") is not null;

    private void VisitRecord(Type record)
    {
        Require(record.IsSealed || record.IsAbstract, record, "neither sealed nor abstract");
        Require(!record.IsGenericType, record, "generic");
        Require(record.IsDefined(typeof(GenerateSerializerAttribute), inherit: false), record, "no [GenerateSerializer]");
        Require(record.IsDefined(typeof(AliasAttribute), inherit: false), record, "no [Alias]");
        Require(record.IsDefined(typeof(ImmutableAttribute), inherit: false), record, "no [Immutable]");
        VisitMembers(record);

        if (record.BaseType is { } parent && parent != typeof(object)) Visit(parent, record.Name);
        foreach (var derived in candidates.Where(c => c.BaseType == record)) Visit(derived, record.Name);
    }

    private void VisitMembers(Type record)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var ids = new HashSet<uint>();
        foreach (var property in record.GetProperties(Declared).Where(p => p.Name != "EqualityContract"))
        {
            var stored = record.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null;
            if (!stored) continue; // computed from the others: nothing travels
            var where = $"{record.Name}.{property.Name}";
            var id = property.GetCustomAttribute<IdAttribute>()?.Id;
            if (id is null) wrong.Add($"{where}: no [property: Id(n)]");
            else if (!ids.Add(id.Value)) wrong.Add($"{where}: Id {id} is taken");
            if (property.SetMethod is { } setter && !IsInit(setter)) wrong.Add($"{where}: can be set");
            Visit(property.PropertyType, where);
        }

        foreach (var field in record.GetFields(Declared).Where(f => f.Name[0] != '<'))
            wrong.Add($"{record.Name}.{field.Name}: a field; messages have properties only");
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers()
        .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private void Require(bool holds, Type type, string otherwise)
    {
        if (!holds) wrong.Add($"{type.Name}: {otherwise}");
    }
}
