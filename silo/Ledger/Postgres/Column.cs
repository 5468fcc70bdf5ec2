using Npgsql;
using NpgsqlTypes;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>One array parameter of a batch statement. Its list is filled anew for each batch and shared by all prepared variants.</summary>
internal abstract class Column(string name, string sqlType)
{
    public string Name { get; } = name;
    public string SqlType { get; } = sqlType;
    public abstract NpgsqlParameter NewParameter();
    public abstract void Clear();
}

/// <inheritdoc/>
internal sealed class Column<T>(string name, string sqlType, NpgsqlDbType type) : Column(name, sqlType)
{
    private readonly List<T> values = [];

    public void Add(T value) => values.Add(value);
    public override NpgsqlParameter NewParameter() => new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values };
    public override void Clear() => values.Clear();
}

/// <summary>Rows given to a statement as parallel arrays. The first column, <c>n</c>, is the commit's place in the batch.</summary>
internal abstract class InputTable
{
    private readonly List<Column> columns = [];

    protected InputTable() => N = Int("n");

    public Column<int> N { get; }
    public int Count { get; private set; }
    public IReadOnlyList<Column> Columns => columns;

    public virtual void Clear()
    {
        Count = 0;
        foreach (var column in columns) column.Clear();
    }

    /// <summary><c>unnest($5::int4[], $6::text[]) AS alias(n, name)</c>, with parameters from <paramref name="next"/> on.</summary>
    public string Unnest(string alias, ref int next)
    {
        var position = next;
        next += columns.Count;
        var arrays = columns.Select((column, i) => $"${position + i}::{column.SqlType}[]");
        return $"unnest({string.Join(", ", arrays)}) AS {alias}({string.Join(", ", columns.Select(c => c.Name))})";
    }

    protected void Begin(int n)
    {
        N.Add(n);
        Count++;
    }

    protected Column<string> Text(string name) => Added(new Column<string>(name, "text", NpgsqlDbType.Text));
    protected Column<int> Int(string name) => Added(new Column<int>(name, "int4", NpgsqlDbType.Integer));
    protected Column<long> Long(string name) => Added(new Column<long>(name, "int8", NpgsqlDbType.Bigint));
    protected Column<bool> Bool(string name) => Added(new Column<bool>(name, "bool", NpgsqlDbType.Boolean));
    protected Column<Guid> Uuid(string name) => Added(new Column<Guid>(name, "uuid", NpgsqlDbType.Uuid));
    protected Column<DateTime> Instant(string name) => Added(new Column<DateTime>(name, "timestamptz", NpgsqlDbType.TimestampTz));
    protected Column<DateOnly> Date(string name) => Added(new Column<DateOnly>(name, "date", NpgsqlDbType.Date));

    private T Added<T>(T column) where T : Column
    {
        columns.Add(column);
        return column;
    }
}
