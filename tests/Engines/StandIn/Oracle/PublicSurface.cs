using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SnpLive.Tests.Engines.Oracle;

/// <summary>
/// The public and protected members of an assembly's types, written as lines, read from metadata alone: nothing of the assembly
/// or of what it refers to is loaded.
/// </summary>
internal sealed class PublicSurface
{
    private readonly Dictionary<string, HashSet<string>> members = [];

    public IEnumerable<string> Types => members.Keys.Order(StringComparer.Ordinal);

    public static PublicSurface OfAssembly(string path, string namespacePrefix)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var surface = new PublicSurface();
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            var name = SignatureText.TypeName(reader, handle);
            if (IsPublic(reader, type) && name.StartsWith(namespacePrefix, StringComparison.Ordinal))
                surface.members[name] = [.. MembersOf(reader, type)];
        }

        return surface;
    }

    /// <summary>Reads lines of the form <c>type member</c>, as <see cref="ToLines"/> writes them; # begins a comment.</summary>
    public static PublicSurface OfLines(IEnumerable<string> lines)
    {
        var surface = new PublicSurface();
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var (type, member) = (line[..space], line[(space + 1)..]);
            if (!surface.members.TryGetValue(type, out var set)) surface.members[type] = set = [];
            set.Add(member);
        }

        return surface;
    }

    public IEnumerable<string> ToLines(string type) => members[type].Order(StringComparer.Ordinal).Select(m => $"{type} {m}");

    public bool HasType(string type) => members.ContainsKey(type);

    public bool Has(string type, string member) => members.TryGetValue(type, out var set) && set.Contains(member);

    public IEnumerable<string> MembersOf(string type) => members[type].Order(StringComparer.Ordinal);

    private static bool IsPublic(MetadataReader reader, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic => IsPublic(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static IEnumerable<string> MembersOf(MetadataReader reader, TypeDefinition type)
    {
        var text = new SignatureText();
        yield return KindOf(reader, type, text);
        foreach (var i in type.GetInterfaceImplementations())
            yield return "implements " + text.Name(reader, reader.GetInterfaceImplementation(i).Interface);

        foreach (var handle in type.GetMethods())
        {
            var method = reader.GetMethodDefinition(handle);
            if (!IsVisible((FieldAttributes)(method.Attributes & MethodAttributes.MemberAccessMask))) continue;
            var signature = method.DecodeSignature(text, null);
            var scope = method.Attributes.HasFlag(MethodAttributes.Static) ? "static " : "";
            var generic = signature.GenericParameterCount > 0 ? $"`{signature.GenericParameterCount}" : "";
            var constraints = string.Concat(method.GetGenericParameters().SelectMany(g => reader.GetGenericParameter(g).GetConstraints())
                .Select(c => " where " + text.Name(reader, reader.GetGenericParameterConstraint(c).Type)));
            var parameters = string.Join(", ", signature.ParameterTypes);
            yield return $"{scope}{signature.ReturnType} {reader.GetString(method.Name)}{generic}({parameters}){constraints}";
        }

        foreach (var handle in type.GetFields())
        {
            var field = reader.GetFieldDefinition(handle);
            if (!IsVisible(field.Attributes & FieldAttributes.FieldAccessMask)) continue;
            var name = $"{field.DecodeSignature(text, null)} {reader.GetString(field.Name)}";
            yield return field.GetDefaultValue() is { IsNil: false } value ? $"{name} = {ConstantOf(reader, value)}" : name;
        }
    }

    private static string KindOf(MetadataReader reader, TypeDefinition type, SignatureText text)
    {
        var kind = type.Attributes.HasFlag(TypeAttributes.Interface) ? "interface" : "class";
        var shape = (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) switch
        {
            TypeAttributes.Abstract when kind == "class" => "abstract ",
            TypeAttributes.Sealed => "sealed ",
            TypeAttributes.Abstract | TypeAttributes.Sealed => "static ",
            _ => "",
        };
        return type.BaseType.IsNil ? $"is {shape}{kind}" : $"is {shape}{kind} : {text.Name(reader, type.BaseType)}";
    }

    private static bool IsVisible(FieldAttributes access) =>
        access is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static string ConstantOf(MetadataReader reader, ConstantHandle handle)
    {
        var constant = reader.GetConstant(handle);
        return reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode)?.ToString() ?? "null";
    }
}
