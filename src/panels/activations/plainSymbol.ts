const letters: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  varepsilon: 'ε',
  epsilon: 'ε',
  eta: 'η',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nabla: '∇',
  sigma: 'σ',
  tau: 'τ',
  theta: 'θ',
}

/** A parameter's TeX symbol in plain letters, for a line of text: `\alpha` is α, `\text{seed}` is seed. */
export const plainSymbol = (tex: string): string =>
  tex
    .replace(/\\(?:text|mathrm|operatorname)\{([^}]*)\}/g, '$1')
    .replace(/\\([a-zA-Z]+)\s*/g, (_command, name: string) => letters[name] ?? name)
    .replace(/[{}_]/g, '')
