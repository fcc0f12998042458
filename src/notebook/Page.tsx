import '../charts/tokens.css'

export function Page() {
  return <h1>softscope</h1>
}
