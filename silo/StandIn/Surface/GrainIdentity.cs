namespace Orleans.Runtime;

// Records stand for the hand-written equality of Orleans' structs; the shapes that grains see are the same.

public readonly record struct IdSpan
{
    private readonly string? value;

    private IdSpan(string value) => this.value = value;

    public static IdSpan Create(string id) => new(id);

    public override string ToString() => value ?? "";
}

public readonly record struct GrainType
{
    private readonly string? value;

    private GrainType(string value) => this.value = value;

    public static GrainType Create(string value) => new(value);

    public override string ToString() => value ?? "";
}

public readonly record struct GrainId
{
    public GrainId(GrainType type, IdSpan key)
    {
        Type = type;
        Key = key;
    }

    public GrainType Type { get; }

    public IdSpan Key { get; }

    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    public static GrainId Create(string type, string key) => new(GrainType.Create(type), IdSpan.Create(key));

    public override string ToString() => $"{Type}/{Key}";
}
